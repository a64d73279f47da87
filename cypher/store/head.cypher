// The end of the log.
MATCH (log:Log {id: 'log'})
RETURN log.sequence AS sequence, log.hash AS hash
