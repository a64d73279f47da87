// What an earlier write under this key did.
MATCH (w:Write {id: $id})
RETURN w.digest AS digest, w.sequence AS sequence, w.written AS written, w.known AS known,
       w.claims AS claims, w.evidence AS evidence
