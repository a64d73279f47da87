// The log from just after one place up to another.
MATCH (e:Entry)
WHERE e.sequence > $after AND e.sequence <= $until
RETURN e.sequence AS sequence, e.kind AS kind, e.payload AS payload, e.by AS by, e.at AS at,
       e.previous AS previous, e.hash AS hash
ORDER BY e.sequence
LIMIT $limit
