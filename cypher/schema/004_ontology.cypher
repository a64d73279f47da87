// The words that claims are told in, kept in step with ontology.toml: a few hundred nodes, one for
// each id.

CREATE CONSTRAINT ontology_id IF NOT EXISTS FOR (n:Ontology) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT family_id IF NOT EXISTS FOR (n:Family) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT relation_id IF NOT EXISTS FOR (n:Relation) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT kind_id IF NOT EXISTS FOR (n:Kind) REQUIRE n.id IS UNIQUE;
