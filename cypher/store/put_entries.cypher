// Add entries to the log; their place is unique, so that none is ever there twice.
UNWIND $entries AS entry
CREATE (:Entry {
  sequence: entry.sequence, kind: entry.kind, payload: entry.payload, by: entry.by, at: entry.at,
  previous: entry.previous, hash: entry.hash
})
