// A path with the fewest steps, at most six, over ties that are live on a day, from the drawing
// alone: no strength, no evidence, and whoever has very many ties is passed through.
MATCH (a:Actor {id: $from}), (b:Actor {id: $to})
WITH a, b, date($as_of) AS day
MATCH path = SHORTEST 1 (a)-[t:!SUBJECT&!OBJECT WHERE t.counts_from <= day
  AND (t.counts_until IS NULL OR day < t.counts_until)]-{1,6}(b)
RETURN [x IN nodes(path) | x.id] AS actors
