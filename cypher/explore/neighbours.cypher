// Who an actor is tied to
// :param {actor: "hamas", as_of: "2024-09-30"}
// Every tie of $actor that is live on the day $as_of: what GET /v1/actors/{actor}/neighbours
// answers, the strongest tie first. `strength` is what the evidence for a tie amounts to, with what
// denies it taken off (docs/method.md, 2.1, 2.2 and 6); `exact` has it in full.
// Dates are read as certain: a tie counts from the day by which it must have begun. `since` is
// empty where nobody says when it began, `until` where it goes on or nobody knows.
MATCH (asked:Actor {id: $actor})
WITH asked.goes_by AS actor, date($as_of) AS day

// The accepted evidence on every claim between the actor and somebody else. Actors that are judged
// to be one are one; a symmetric tie points both ways.
MATCH (:Actor {goes_by: actor})<-[near:SUBJECT|OBJECT]-(c:Claim)-[:SUBJECT|OBJECT]->(end)
WHERE end.goes_by <> actor
MATCH (r:Relation {id: c.relation})
MATCH (c)<-[:OF]-(e {status: 'accepted'})-[:FROM]->(s:Source)
WITH day, end.goes_by AS other, r, r.symmetric OR type(near) = 'SUBJECT' AS outward,
     c.when AS when, c.episode AS episode,
     min(CASE e.stance WHEN 'asserted' THEN e.begun_by END) AS begun_by,
     collect({claim: c, evidence: e, origin: s.origin}) AS pieces

// What each piece of evidence weighs on the day (2.1): its trust, and what time has left of it. An
// assertion counts from the day by which the first of all assertions of the claim says it began.
UNWIND pieces AS piece
WITH day, other, r, outward, piece.claim AS c, piece.evidence AS e, piece.origin AS origin,
     CASE piece.evidence.stance WHEN 'asserted' THEN begun_by ELSE piece.evidence.begun_by END
       AS begun_by
WITH other, r, outward, c, e.trust AS trust, e.stance AS stance, origin,
     coalesce(begun_by <= day, false) AND coalesce(day < c.counts_until, true) AS counts,
     duration.inDays(coalesce(c.until, e.attested), day).days AS age
WITH other, r, outward, c, stance, origin,
     trust * CASE
       WHEN NOT counts THEN 0.0
       WHEN age < 0 OR r.half_life_days = 0 THEN 1.0
       ELSE 2.0 ^ (-1.0 * age / r.half_life_days)
     END AS weight

// Clusters (2.2): of each origin the strongest word counts, for and against.
WITH other, r, outward, c.bucket AS bucket, stance, origin, max(weight) AS weight,
     collect(DISTINCT CASE WHEN stance = 'asserted' AND weight > 0 THEN c END) AS claims
WITH other, r, outward, bucket,
     collect(CASE stance WHEN 'asserted' THEN weight END) AS for,
     collect(CASE stance WHEN 'denied' THEN weight END) AS against,
     reduce(all = [], some IN collect(claims) | all + some) AS claims
WITH other, r, outward, claims,
     (1 - reduce(l = 1.0, weight IN for | l * (1 - weight)))
       * reduce(l = 1.0, weight IN against | l * (1 - weight)) AS p

// Ties (6): all clusters of one relation, one way, together.
WITH other, r, outward,
     1 - reduce(l = 1.0, p IN collect(p) | l * (1 - p)) AS strength,
     reduce(all = [], some IN collect(claims) | all + some) AS claims
  WHERE strength > 0
UNWIND claims AS c
WITH other, r, outward, strength, collect(DISTINCT c) AS claims,
     CASE count(c.since) WHEN count(*) THEN min(c.since) END AS since,
     CASE count(c.until) WHEN count(*) THEN max(c.until) END AS until
MATCH (a:Actor {id: other})
RETURN a.id AS actor, a.name AS name,
       CASE WHEN outward THEN r.label ELSE r.inverse END AS tie, r.id AS relation,
       CASE WHEN r.symmetric THEN 'both' WHEN outward THEN 'out' ELSE 'in' END AS direction,
       r.polarity AS sign, round(strength, 2) AS strength, since, until,
       COLLECT {
         UNWIND claims AS c
         MATCH (c)<-[:OF]-(e {status: 'accepted', stance: 'asserted'})-[:FROM]->(s:Source)
         WHERE e.trust > 0
         RETURN DISTINCT s.title ORDER BY s.title
       } AS sources,
       COLLECT {
         UNWIND claims AS c
         MATCH (c)<-[:OF]-(e {status: 'accepted', stance: 'denied'})-[:FROM]->(s:Source)
         RETURN DISTINCT s.title ORDER BY s.title
       } AS denied_by,
       COLLECT { UNWIND claims AS c RETURN c.id ORDER BY c.id } AS claims,
       strength AS exact
  ORDER BY exact DESC, actor, relation
