// Write claims that nothing was known of, with their ends and their evidence. Ids are unique, so
// that none is ever there twice.
UNWIND $claims AS row
MATCH (subject:Actor {id: row.subject})
MATCH (object:Actor {id: row.object})
WITH row, row.properties AS p, subject, object
CREATE (c:Claim)
SET c = p {.*, since: date(p.since), until: date(p.until), counts_from: date(p.counts_from),
           counts_until: date(p.counts_until)}
CREATE (c)-[:SUBJECT]->(subject)
CREATE (c)-[:OBJECT]->(object)
WITH c, row
UNWIND row.evidence AS piece
MATCH (source:Source {id: piece.source})
WITH c, piece.properties AS p, source
CREATE (e:Evidence)
SET e = p {.*, begun_by: date(p.begun_by), attested: date(p.attested),
           recorded_at: datetime(p.recorded_at), decided_at: datetime(p.decided_at),
           retracted_at: datetime(p.retracted_at)}
CREATE (e)-[:OF]->(c)
CREATE (e)-[:FROM]->(source)
