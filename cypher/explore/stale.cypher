// What has gone stale
// :param {actor: "hamas", as_of: "2026-01-01"}
// The ties of $actor that are live on the day $as_of, and old: those that the service calls
// `stale`. What happened, was observed or has ended ages from that day; what goes on ages from the
// day on which it was last attested. Old is more than two half-lives of the relation, or more than
// two years where it has none: the ontology in the database says how many.
// Dates are read as certain: a tie counts from the day by which it must have begun.
MATCH (o:Ontology {id: 'ontology'})
MATCH (asked:Actor {id: $actor})
MATCH (actor:Actor {id: asked.goes_by})
WITH o, actor, date($as_of) AS day
MATCH (actor)-[t]-(other:Actor)
WHERE t.counts_from <= day AND coalesce(day < t.counts_until, true)
MATCH (r:Relation {id: t.relation})
MATCH (:Claim {id: t.claim})<-[:OF]-(e {status: 'accepted', stance: 'asserted'})
WHERE e.trust > 0
WITH o, day, t, r, coalesce(t.until, max(e.attested)) AS last
WITH t, last, duration.inDays(last, day).days AS days, CASE
       WHEN r.half_life_days > 0 THEN o.evidence_stale_half_lives * r.half_life_days
       ELSE o.evidence_stale_days_without_half_life
     END AS old
WHERE days > old
RETURN last, days, startNode(t).name AS subject, t.label AS tie, endNode(t).name AS object,
       old AS old_after_days, t.source AS source, t.sources AS sources, t.claim AS claim
  ORDER BY days DESC, claim
