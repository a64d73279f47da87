// Shortest paths between two actors
// :param {from: "pro-israel-lobby", to: "hamas", as_of: "2024-09-30", k: 3}
// The first $k of the paths with the fewest steps, at most six, between $from and $to over the ties
// that are live on the day $as_of, the strongest first: those that GET /v1/paths?order=fewest puts
// first. Ties are followed either way, and a step takes all ties of two actors together. Its
// strength is 1 less the product of what each tie leaves, its sign that of its ties; a path has the
// products of both (docs/method.md, 6). An unknown agent stands only at an end. `exact` has the
// strength in full. Unlike the service, this passes through actors with very many ties, which may
// take long. Dates are read as certain: a tie counts from the day by which it must have begun.
MATCH (told_from:Actor {id: $from})
MATCH (told_to:Actor {id: $to})
MATCH (a:Actor {id: told_from.goes_by})
MATCH (b:Actor {id: told_to.goes_by})
WHERE a <> b
WITH a, b, date($as_of) AS day
MATCH path = SHORTEST 1 GROUPS (a)
  (()-[t:!SUBJECT&!OBJECT WHERE t.counts_from <= day AND coalesce(day < t.counts_until, true)]-
   (x WHERE x.kind <> 'unknown')){0,5}
  ()-[u:!SUBJECT&!OBJECT WHERE u.counts_from <= day AND coalesce(day < u.counts_until, true)]-(b)
WITH day, [x IN nodes(path) | x.id] AS actors, collect(path) AS drawn
UNWIND range(1, size(actors) - 1) AS place
WITH day, actors[place - 1] AS x, actors[place] AS y,
     collect({actors: actors, drawn: drawn, place: place}) AS paths

// What the evidence for the ties of two neighbours amounts to on the day (2.1 and 2.2).
CALL (day, x, y) {
  MATCH (:Actor {goes_by: x})<-[near:SUBJECT|OBJECT]-(c:Claim)
  MATCH (c)-[:SUBJECT|OBJECT]->(:Actor {goes_by: y})
  MATCH (r:Relation {id: c.relation})
  MATCH (c)<-[:OF]-(e {status: 'accepted'})-[:FROM]->(s:Source)
  WITH day, r, r.symmetric OR type(near) = 'SUBJECT' AS outward,
       c.when AS when, c.episode AS episode,
       min(CASE e.stance WHEN 'asserted' THEN e.begun_by END) AS begun_by,
       collect({claim: c, evidence: e, origin: s.origin}) AS pieces
  UNWIND pieces AS piece
  WITH day, r, outward, piece.claim AS c, piece.evidence AS e, piece.origin AS origin,
       CASE piece.evidence.stance WHEN 'asserted' THEN begun_by ELSE piece.evidence.begun_by END
         AS begun_by
  WITH r, outward, c.bucket AS bucket, e.stance AS stance, origin, e.trust AS trust,
       coalesce(begun_by <= day, false) AND coalesce(day < c.counts_until, true) AS counts,
       duration.inDays(coalesce(c.until, e.attested), day).days AS age
  WITH r, outward, bucket, stance, origin,
       max(trust * CASE
         WHEN NOT counts THEN 0.0
         WHEN age < 0 OR r.half_life_days = 0 THEN 1.0
         ELSE 2.0 ^ (-1.0 * age / r.half_life_days)
       END) AS weight
  WITH r, outward, bucket,
       collect(CASE stance WHEN 'asserted' THEN weight END) AS for,
       collect(CASE stance WHEN 'denied' THEN weight END) AS against
  WITH r, (1 - reduce(l = 1.0, weight IN for | l * (1 - weight)))
         * reduce(l = 1.0, weight IN against | l * (1 - weight)) AS p
    WHERE p > 0
  WITH r, p
    ORDER BY r.id
  RETURN 1 - reduce(l = 1.0, p IN collect(p) | l * (1 - p)) AS strength,
         collect(DISTINCT r.id) AS ties, collect(DISTINCT r.polarity) AS polarities
}

// Along each path: neutral if one of its steps is, else mixed if one is friendly and hostile.
UNWIND paths AS path
WITH path.actors AS actors, path.drawn AS drawn, path.place AS place, strength, ties, CASE
       WHEN '+' IN polarities AND '-' IN polarities THEN 'mixed'
       WHEN '+' IN polarities THEN '+'
       WHEN '-' IN polarities THEN '-'
       ELSE '0'
     END AS sign
  ORDER BY place
WITH actors, drawn, collect(ties) AS ties, collect(sign) AS signs,
     reduce(product = 1.0, s IN collect(strength) | product * s) AS strength
RETURN actors, CASE
         WHEN '0' IN signs THEN '0'
         WHEN 'mixed' IN signs THEN 'mixed'
         WHEN size([sign IN signs WHERE sign = '-']) % 2 = 1 THEN '-'
         ELSE '+'
       END AS sign,
       round(strength, 2) AS strength, ties, drawn, strength AS exact
  ORDER BY size(actors), round(exact, 12) DESC, actors
  LIMIT $k
