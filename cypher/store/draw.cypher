// Draw claims: one relationship each, between the actors that its ends go by.
UNWIND $rows AS tie
MATCH (a:Actor {id: tie.from})
MATCH (b:Actor {id: tie.to})
CREATE (a)-[r:$(tie.type)]->(b)
SET r = tie.properties
