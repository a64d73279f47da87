// The entries at these places of the log.
UNWIND $places AS place
MATCH (e:Entry {sequence: place})
RETURN e.sequence AS sequence, e.kind AS kind, e.payload AS payload, e.by AS by, e.at AS at,
       e.previous AS previous, e.hash AS hash
