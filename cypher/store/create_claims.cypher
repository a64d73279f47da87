// Write claims that nothing was known of, with their ends and their evidence, and draw each between
// its own ends where it has a tie. Ids are unique, so that none is ever there twice. All properties
// are named, which is quicker than setting a map.
UNWIND $claims AS row
MATCH (subject:Actor {id: row.subject})
MATCH (object:Actor {id: row.object})
WITH row, row.properties AS p, subject, object,
     CASE WHEN row.is_turned THEN object ELSE subject END AS a,
     CASE WHEN row.is_turned THEN subject ELSE object END AS b
CREATE (c:Claim {
  id: p.id, subject: p.subject, relation: p.relation, object: p.object, episode: p.episode,
  family: p.family, sign: p.sign, label: p.label, when: p.when, since: date(p.since),
  until: date(p.until), counts_from: date(p.counts_from), counts_until: date(p.counts_until),
  state: p.state, bucket: p.bucket, entries: p.entries
})
CREATE (c)-[:SUBJECT]->(subject)
CREATE (c)-[:OBJECT]->(object)
FOREACH (tie IN row.ties |
  CREATE (a)-[:$(tie.type) {
    claim: p.id, relation: p.relation, episode: p.episode, family: p.family, sign: p.sign,
    label: p.label, when: p.when, since: c.since, until: c.until,
    counts_from: c.counts_from, counts_until: c.counts_until,
    disputed: tie.disputed, source: tie.source, sources: tie.sources
  }]->(b)
)
WITH c, row
UNWIND row.evidence AS piece
MATCH (source:Source {id: piece.source})
WITH c, piece.properties AS p, source
CREATE (e:Evidence {
  id: p.id, stance: p.stance, modality: p.modality, confidence: p.confidence, status: p.status,
  strength: p.strength, outcome: p.outcome, attributed_to: p.attributed_to, locator: p.locator,
  passage: p.passage, amount: p.amount, unit: p.unit, coder: p.coder,
  recorded_at: datetime(p.recorded_at), decided_at: datetime(p.decided_at),
  decided_by: p.decided_by, reason: p.reason, retracted_at: datetime(p.retracted_at),
  trust: p.trust, begun_by: date(p.begun_by), attested: date(p.attested), entries: p.entries
})
CREATE (e)-[:OF]->(c)
CREATE (e)-[:FROM]->(source)
