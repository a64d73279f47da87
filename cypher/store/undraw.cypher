// Take the relationships away that these claims are drawn as.
UNWIND $rows AS id
MATCH (c:Claim {id: id})-[:SUBJECT]->(s:Actor)
MATCH (c)-[:OBJECT]->(o:Actor)
MATCH (a:Actor {id: s.goes_by})
MATCH (b:Actor {id: o.goes_by})
MATCH (a)-[tie]-(b)
WHERE tie.claim = c.id
DELETE tie
