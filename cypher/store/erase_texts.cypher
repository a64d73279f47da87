// Erase texts for good; that they were there, and that something was erased, stays known.
MATCH (log:Log {id: 'log'})
SET log.erasures = coalesce(log.erasures, 0) + 1
WITH log
UNWIND $commitments AS commitment
MATCH (t:Text {commitment: commitment})
SET t:Erased
REMOVE t.salt, t.text
