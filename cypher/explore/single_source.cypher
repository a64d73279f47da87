// What rests on a single origin
// :param {actor: "hamas", as_of: "2024-09-30"}
// The ties of $actor that are live on the day $as_of and stand on the word of one origin alone: the
// owner or agency behind the sources, since one wire story at many addresses is one witness. The
// service says `one origin only` of them.
// Dates are read as certain: a tie counts from the day by which it must have begun.
MATCH (asked:Actor {id: $actor})
MATCH (actor:Actor {id: asked.goes_by})
WITH actor, date($as_of) AS day
MATCH (actor)-[t]-(other:Actor)
WHERE t.counts_from <= day AND coalesce(day < t.counts_until, true)
MATCH (c:Claim {id: t.claim})
MATCH (c)<-[:OF]-(e {status: 'accepted', stance: 'asserted'})-[:FROM]->(s:Source)
WHERE e.trust > 0
WITH startNode(t) AS subject, t.relation AS relation, endNode(t) AS object,
     collect(DISTINCT c) AS claims, collect(DISTINCT s.origin) AS origins,
     collect(DISTINCT s.title) AS sources, collect(DISTINCT s.reliability) AS reliability
WHERE size(origins) = 1
RETURN subject.name AS subject, [c IN claims | c.label] AS tie, object.name AS object,
       origins[0] AS origin, sources, reliability, [c IN claims | c.id] AS claims
  ORDER BY subject, object, relation
