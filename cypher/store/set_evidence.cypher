// Write evidence anew; what is no longer known of it goes.
UNWIND $rows AS piece
MATCH (e:Evidence {id: piece.id})
WITH piece, piece.properties AS p, e
SET e = p {.*, begun_by: date(p.begun_by), attested: date(p.attested),
           recorded_at: datetime(p.recorded_at), decided_at: datetime(p.decided_at),
           retracted_at: datetime(p.retracted_at), entries: e.entries + piece.entries}
