// Which of these actors go by the id of another.
UNWIND $ids AS id
MATCH (a:Actor {id: id})
WHERE a.goes_by <> id
RETURN id, a.goes_by AS goes_by
