// Remember a migration that was applied.
MERGE (m:Migration {number: $number})
  ON CREATE SET m.name = $name, m.at = datetime()
