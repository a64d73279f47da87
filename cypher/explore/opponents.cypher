// Allies of opponents, and opponents of opponents
// :param {actor: "iran", as_of: "2024-09-30"}
// Whom the opponents of $actor are aligned with on the day $as_of, and whom else they oppose. An
// opponent is whoever a hostile tie joins to $actor, either way, whatever else joins them; an ally
// is joined by a tie of patronage or support. Neutral ties (mediation, contact, office) are left
// out. `own_ties` are those of $actor with the third party: an ally of an opponent may be an ally.
// Dates are read as certain: a tie counts from the day by which it must have begun.
MATCH (asked:Actor {id: $actor})
MATCH (actor:Actor {id: asked.goes_by})
WITH actor, date($as_of) AS day
MATCH (actor)-[t]-(opponent:Actor)
WHERE t.sign = '-' AND opponent.kind <> 'unknown'
  AND t.counts_from <= day AND coalesce(day < t.counts_until, true)
WITH actor, day, opponent, collect(t) AS against
MATCH (opponent)-[t]-(third:Actor)
WHERE t.sign <> '0' AND third <> actor
  AND t.counts_from <= day AND coalesce(day < t.counts_until, true)
WITH actor, day, opponent, against, third, t.sign AS sign, collect(t) AS ties
RETURN third.name AS third,
       CASE sign WHEN '+' THEN 'ally of an opponent' ELSE 'opponent of an opponent' END AS role,
       opponent.name AS opponent,
       [t IN against | t.label] AS opposed_by, [t IN ties | t.label] AS joined_by,
       COLLECT {
         MATCH (actor)-[t]-(third)
         WHERE t.counts_from <= day AND coalesce(day < t.counts_until, true)
         RETURN t.label ORDER BY t.label
       } AS own_ties,
       [actor, opponent, third] + against + ties AS drawn
  ORDER BY role, third, opponent
