// Write judgements as they stand.
UNWIND $rows AS row
MERGE (n:Judgement {id: row.id})
  ON CREATE SET n.entries = []
SET n += row.properties, n.entries = n.entries + row.entries
