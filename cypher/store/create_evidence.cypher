// Write evidence that came for claims that were known.
UNWIND $rows AS piece
MATCH (c:Claim {id: piece.claim})
MATCH (source:Source {id: piece.source})
CREATE (e:Evidence)
SET e = piece.properties
CREATE (e)-[:OF]->(c)
CREATE (e)-[:FROM]->(source)
