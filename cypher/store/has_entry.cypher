// Whether the log has this very entry.
MATCH (e:Entry {sequence: $sequence})
WHERE e.hash = $hash
RETURN e.sequence AS sequence
