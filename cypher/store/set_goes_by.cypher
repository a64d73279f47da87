// Say which id actors go by.
UNWIND $rows AS row
MATCH (a:Actor {id: row.id})
SET a.goes_by = row.goes_by
