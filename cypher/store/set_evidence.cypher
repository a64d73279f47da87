// Write evidence anew.
UNWIND $rows AS piece
MATCH (e:Evidence {id: piece.id})
SET e += piece.properties, e.entries = e.entries + piece.entries
