// Write claims anew.
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
SET c += row.properties, c.entries = c.entries + row.entries
