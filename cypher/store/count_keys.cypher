// How often anything is looked up in the log up to a place.
MATCH (n:Actor|Source|Episode|Claim|Evidence|Judgement)
UNWIND n.entries AS place
WITH place
WHERE place <= $until
RETURN count(*) AS found
