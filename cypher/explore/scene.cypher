// The scene around an actor on a day
// :param {actor: "hamas", as_of: "2024-09-30"}
// $actor, whoever is tied to it on the day $as_of, and the ties among them, for the canvas: exactly
// the ties that are live on that day. Browser draws whatever else joins the actors that it shows,
// of other days too, unless it is told not to: `:config {autoComplete: false}`.
// Dates are read as certain: a tie counts from the day by which it must have begun.
MATCH (asked:Actor {id: $actor})
MATCH (actor:Actor {id: asked.goes_by})
WITH actor, date($as_of) AS day
WITH day, [actor] + COLLECT {
       MATCH (actor)-[t]-(other:Actor)
       WHERE t.counts_from <= day AND coalesce(day < t.counts_until, true)
       RETURN DISTINCT other
     } AS actors
RETURN actors, COLLECT {
         UNWIND actors AS a
         MATCH (a)-[t]->(b:Actor)
         WHERE b IN actors AND t.counts_from <= day AND coalesce(day < t.counts_until, true)
         RETURN t
       } AS ties
