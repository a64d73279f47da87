// How many texts the log up to a place commits to.
MATCH (t:Text)
WHERE t.sequence <= $until
RETURN count(*) AS found
