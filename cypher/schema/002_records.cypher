// The records as the log has them now. One node for each id, found by it.

CREATE CONSTRAINT actor_id IF NOT EXISTS FOR (n:Actor) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT source_id IF NOT EXISTS FOR (n:Source) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT episode_id IF NOT EXISTS FOR (n:Episode) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT claim_id IF NOT EXISTS FOR (n:Claim) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT evidence_id IF NOT EXISTS FOR (n:Evidence) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT judgement_id IF NOT EXISTS FOR (n:Judgement) REQUIRE n.id IS UNIQUE;

// Actors that are one are gathered by the id that they go by, in every question about an actor.
CREATE INDEX actor_goes_by IF NOT EXISTS FOR (n:Actor) ON (n.goes_by);

// Finding an actor by its exact name, as people write it in Neo4j Browser.
CREATE INDEX actor_name IF NOT EXISTS FOR (n:Actor) ON (n.name);

// Finding an actor by any of its names, whatever the case and the accents.
CREATE FULLTEXT INDEX actor_names IF NOT EXISTS FOR (n:Actor) ON EACH [n.name, n.aliases]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-folding'}};

// What waits for a decision is a small part of all evidence, and asked for every day.
CREATE INDEX evidence_status IF NOT EXISTS FOR (n:Evidence) ON (n.status);

// What is disputed, denied or retracted is a small part of all claims.
CREATE INDEX claim_state IF NOT EXISTS FOR (n:Claim) ON (n.state);
