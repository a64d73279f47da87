// Which ontology stands in the database.
MATCH (o:Ontology {id: 'ontology'})
RETURN o.digest AS digest
