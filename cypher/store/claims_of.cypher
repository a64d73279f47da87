// The claims about these actors, under the ids that were told.
UNWIND $actors AS id
MATCH (:Actor {id: id})<-[:SUBJECT|OBJECT]-(c:Claim)
RETURN DISTINCT c.id AS id
