// Mediators between two actors
// :param {one: "hamas", other: "israel", as_of: "2024-09-30"}
// Who mediates for both $one and $other, in the same episode, on the day $as_of: `outcomes` is how
// that goes by what sources tell, `told_as` whether it is done or only intended or supposed. What
// else the mediator has to bring to bear on either side are the live ties that credit it with
// something over it (their flow, docs/method.md, 2.3). Nothing is ranked here.
// Dates are read as certain: a tie counts from the day by which it must have begun.
MATCH (told_one:Actor {id: $one})
MATCH (told_other:Actor {id: $other})
MATCH (one:Actor {id: told_one.goes_by})
MATCH (other:Actor {id: told_other.goes_by})
WITH one, other, date($as_of) AS day
MATCH (one)<-[t:MEDIATES]-(mediator:Actor)-[u:MEDIATES]->(other)
WHERE coalesce(t.episode, '') = coalesce(u.episode, '')
  AND t.counts_from <= day AND coalesce(day < t.counts_until, true)
  AND u.counts_from <= day AND coalesce(day < u.counts_until, true)

// What sources tell of it: the accepted assertions of these claims.
MATCH (s:Source)<-[:FROM]-(e {status: 'accepted', stance: 'asserted'})-[:OF]->(c:Claim)
WHERE c.id IN [t.claim, u.claim]
WITH one, other, day, mediator, t.episode AS episode,
     collect(DISTINCT t) + collect(DISTINCT u) AS mediates,
     collect(DISTINCT e.outcome) AS outcomes, collect(DISTINCT e.modality) AS told_as,
     collect(DISTINCT s.title) AS sources

// What else it has over either side.
WITH one, other, mediator, episode, mediates, outcomes, told_as, sources, COLLECT {
       MATCH (mediator)-[t]-(party:Actor)
       WHERE party IN [one, other] AND NOT t IN mediates
         AND t.counts_from <= day AND coalesce(day < t.counts_until, true)
       MATCH (r:Relation {id: t.relation})
       WHERE r.flow = '=' OR r.flow = CASE WHEN startNode(t) = mediator THEN '+' ELSE '-' END
       RETURN {party: party, tie: t} ORDER BY t.label
     } AS more
OPTIONAL MATCH (p:Episode {id: episode})
RETURN mediator.name AS mediator, p.name AS episode, outcomes, told_as,
       [x IN more WHERE x.party = one | x.tie.label] AS over_one,
       [x IN more WHERE x.party = other | x.tie.label] AS over_other,
       sources, [one, other, mediator] + mediates + [x IN more | x.tie] AS drawn
  ORDER BY mediator, episode
