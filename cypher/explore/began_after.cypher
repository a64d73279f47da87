// What began after a date
// :param {actor: "iran", since: "2024-07-01", as_of: "2024-09-30"}
// The ties of $actor that are live on the day $as_of and began on the day $since or later: those
// that GET /v1/actors/{actor}/neighbours answers with since.
// Dates are read as certain: the earliest day on which it may have begun is $since or later, so
// that nothing dated 2024 began after 2024-03-01. What nobody dates is not new because it was told
// of late, and is left out.
MATCH (asked:Actor {id: $actor})
MATCH (actor:Actor {id: asked.goes_by})
MATCH (actor)-[t]-(other:Actor)
WITH t, date($as_of) AS day, split(t.when, '/')[0] AS start
WHERE t.counts_from <= day AND coalesce(day < t.counts_until, true)
  AND start <> '' AND NOT start STARTS WITH '[' AND date(start) >= date($since)
RETURN date(start) AS began, startNode(t).name AS subject, t.label AS tie,
       endNode(t).name AS object, t.sign AS sign, t.disputed AS disputed, t.source AS source,
       t.sources AS sources, t.claim AS claim
  ORDER BY began, claim
