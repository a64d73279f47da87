// Write claims that nothing was known of, with their ends and their evidence. Ids are unique, so
// that none is ever there twice.
UNWIND $claims AS row
MATCH (subject:Actor {id: row.subject})
MATCH (object:Actor {id: row.object})
CREATE (c:Claim)
SET c = row.properties
CREATE (c)-[:SUBJECT]->(subject)
CREATE (c)-[:OBJECT]->(object)
WITH c, row
UNWIND row.evidence AS piece
MATCH (source:Source {id: piece.source})
CREATE (e:Evidence)
SET e = piece.properties
CREATE (e)-[:OF]->(c)
CREATE (e)-[:FROM]->(source)
