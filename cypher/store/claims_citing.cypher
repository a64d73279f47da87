// The claims for which these sources are evidence.
UNWIND $sources AS id
MATCH (:Source {id: id})<-[:FROM]-(:Evidence)-[:OF]->(c:Claim)
RETURN DISTINCT c.id AS id
