// Write evidence that came for claims that were known.
UNWIND $rows AS piece
MATCH (c:Claim {id: piece.claim})
MATCH (source:Source {id: piece.source})
WITH c, piece.properties AS p, source
CREATE (e:Evidence)
SET e = p {.*, begun_by: date(p.begun_by), attested: date(p.attested),
           recorded_at: datetime(p.recorded_at), decided_at: datetime(p.decided_at),
           retracted_at: datetime(p.retracted_at)}
CREATE (e)-[:OF]->(c)
CREATE (e)-[:FROM]->(source)
