// Move the end of the log.
MATCH (log:Log {id: 'log'})
SET log.sequence = $sequence, log.hash = $hash
