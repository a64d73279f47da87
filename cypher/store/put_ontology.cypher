// Write the words that claims are told in, with every parameter that a score uses.
MERGE (o:Ontology {id: 'ontology'})
SET o = $ontology
WITH count(*) AS done
CALL () {
  MATCH (word:Kind|Family|Relation)
  DETACH DELETE word
}
CALL () {
  UNWIND $kinds AS kind
  MERGE (k:Kind {id: kind.id})
  SET k = kind
}
CALL () {
  UNWIND $families AS family
  MERGE (f:Family {id: family.id})
  SET f = family
}
CALL () {
  UNWIND $relations AS relation
  MERGE (r:Relation {id: relation.id})
  SET r = relation
}
