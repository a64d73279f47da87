// Remember what writes did, each under its key.
UNWIND $writes AS write
MERGE (w:Write {id: write.id})
SET w += write
