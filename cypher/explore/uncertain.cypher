// What nobody dates well
// :param {actor: "hamas", as_of: "2024-09-29"}
// The ties of $actor with a side that is unknown, or open to more than a month: those of which the
// service says `uncertain date`. Answers count such a tie from the day `counts_from`, which for an
// unknown start is that of the first publication. `counts` says whether it is live on the day
// $as_of; what is not may have begun, and is held back, or has ended.
MATCH (o:Ontology {id: 'ontology'})
MATCH (asked:Actor {id: $actor})
MATCH (actor:Actor {id: asked.goes_by})
MATCH (actor)-[t]-(other:Actor)
MATCH (r:Relation {id: t.relation})
WITH o, t, split(t.when, '/')[0] AS start,
     CASE r.temporal WHEN 'state' THEN split(t.when, '/')[1] END AS end

// How many days after its first possible day each side may be. All days of an event are on the side
// of its start; the end of a state is the day, month or year that it names.
WITH o, t, start, end, replace(replace(end, '[..', ''), ']', '') AS last
WITH o, t, start, end,
     CASE
       WHEN start <> '' AND NOT start STARTS WITH '['
         THEN duration.inDays(date(start), t.since).days
     END AS start_open,
     CASE
       WHEN end <> '' AND end <> '..' THEN duration.inDays(t.until, date(last) + duration(
         CASE size(last) WHEN 4 THEN 'P1Y' WHEN 7 THEN 'P1M' ELSE 'P1D' END)).days - 1
     END AS end_open
WITH t,
     CASE
       WHEN start = '' THEN ['start unknown']
       WHEN start STARTS WITH '[' OR start_open >= o.evidence_uncertain_days THEN ['start open']
       ELSE []
     END + CASE
       WHEN end = '' THEN ['end unknown']
       WHEN end_open >= o.evidence_uncertain_days THEN ['end open']
       ELSE []
     END AS why
WHERE size(why) > 0
RETURN startNode(t).name AS subject, t.label AS tie, endNode(t).name AS object, t.when AS when, why,
       t.counts_from AS counts_from,
       coalesce(t.counts_from <= date($as_of), false)
         AND coalesce(date($as_of) < t.counts_until, true) AS counts,
       t.source AS source, t.claim AS claim
  ORDER BY counts, counts_from, claim
