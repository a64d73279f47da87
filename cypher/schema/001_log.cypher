// What is kept for good: the log, the texts that it commits to, the writes that are remembered, and
// the migrations that were applied. Each constraint refuses what is there already, should a write
// be tried twice, and brings the index by which the thing is found. There are no other indexes:
// each would have to be written with every entry.

// Entries are read by their place, one or a range of them.
CREATE CONSTRAINT entry_sequence IF NOT EXISTS FOR (n:Entry) REQUIRE n.sequence IS UNIQUE;

// The one node whose lock puts writers in a row.
CREATE CONSTRAINT log_id IF NOT EXISTS FOR (n:Log) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT text_commitment IF NOT EXISTS FOR (n:Text) REQUIRE n.commitment IS UNIQUE;

CREATE CONSTRAINT write_id IF NOT EXISTS FOR (n:Write) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT migration_number IF NOT EXISTS FOR (n:Migration) REQUIRE n.number IS UNIQUE;
