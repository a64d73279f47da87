// Join claims to the episodes that they are a part of.
UNWIND $rows AS row
MATCH (c:Claim {id: row.claim})
MATCH (p:Episode {id: row.episode})
CREATE (c)-[:DURING]->(p)
