// These claims by their relation.
UNWIND $ids AS id
MATCH (c:Claim {id: id})
RETURN c.relation AS relation, collect(c.id) AS claims
