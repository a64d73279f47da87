// An episode with its parties
// :param {episode: "gaza-talks-2024", as_of: "2024-09-30"}
// The episode $episode, the claims in it that are live on the day $as_of, and who is in them, by
// the names that sources used. `outcomes` is how it goes by what sources tell.
// Dates are read as certain: a claim counts from the day by which it must have begun.
MATCH (p:Episode {id: $episode})
MATCH (p)<-[during:DURING]-(c:Claim)
WHERE c.counts_from <= date($as_of) AND coalesce(date($as_of) < c.counts_until, true)
MATCH (subject:Actor)<-[from:SUBJECT]-(c)-[to:OBJECT]->(object:Actor)
RETURN p.name AS episode, subject.name AS subject, c.label AS tie, object.name AS object,
       COLLECT {
         MATCH (c)<-[:OF]-(e {status: 'accepted', stance: 'asserted'})
         WHERE e.outcome IS NOT NULL
         RETURN DISTINCT e.outcome ORDER BY e.outcome
       } AS outcomes,
       c.when AS when, c.state AS state, c.id AS claim,
       [p, during, c, from, subject, to, object] AS drawn
  ORDER BY subject, object, tie, claim
