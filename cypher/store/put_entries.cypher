// Add entries to the log; their place is unique, so that none is ever there twice.
UNWIND $entries AS entry
CREATE (e:Entry)
SET e = entry
