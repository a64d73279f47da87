// Every entry that judges whether two actors are one.
MATCH (j:Judgement)
UNWIND j.entries AS place
MATCH (e:Entry {sequence: place})
RETURN e.sequence AS sequence, e.kind AS kind, e.payload AS payload, e.by AS by, e.at AS at,
       e.previous AS previous, e.hash AS hash
ORDER BY e.sequence
