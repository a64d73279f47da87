// Some claims that are to be drawn anew.
MATCH (c:Undrawn)
RETURN c.id AS id
LIMIT $limit
