// Draw claims: one relationship each, between the actors that its ends go by.
UNWIND $rows AS tie
MATCH (a:Actor {id: tie.from})
MATCH (b:Actor {id: tie.to})
WITH tie, tie.properties AS p, a, b
CREATE (a)-[r:$(tie.type)]->(b)
SET r = p {.*, since: date(p.since), until: date(p.until), counts_from: date(p.counts_from),
           counts_until: date(p.counts_until)}
