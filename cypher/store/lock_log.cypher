// Let nobody else write until this transaction ends, and read the end of the log.
MERGE (log:Log {id: 'log'})
  ON CREATE SET log.sequence = 0, log.hash = $genesis
SET log.id = 'log'
WITH log
OPTIONAL MATCH (e:Entry {sequence: log.sequence})
RETURN log.hash AS head, e.sequence AS sequence, e.kind AS kind, e.payload AS payload, e.by AS by,
       e.at AS at, e.previous AS previous, e.hash AS hash,
       EXISTS { MATCH (:Judgement) } AS judged,
       coalesce(log.erasures, 0) AS erasures
