// Write actors as they stand, each with its kind as a second label.
UNWIND $rows AS row
MERGE (a:Actor {id: row.id})
  ON CREATE SET a.goes_by = row.id, a.entries = []
SET a:$(row.label), a += row.properties, a.entries = a.entries + row.entries
