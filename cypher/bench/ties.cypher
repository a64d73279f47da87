// The ties of an actor that are live on a day, from the drawing alone: no strength, no evidence.
MATCH (a:Actor {id: $actor})-[t:!SUBJECT&!OBJECT]-(b:Actor)
WITH a, b, t, date($as_of) AS day
WHERE t.counts_from <= day AND (t.counts_until IS NULL OR day < t.counts_until)
RETURN DISTINCT b.id AS other, t.relation AS relation, startNode(t) = a AS outward
