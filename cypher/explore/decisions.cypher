// What awaits a decision, and what was decided last
// :param {limit: 20}
// First the evidence that is proposed and counts nowhere yet, what waits longest first; then what
// was accepted, rejected or retracted, the latest first, by whom and why; $limit pieces in all.
// What was accepted as it was recorded shows the time of that. Times are those of the store, UTC.
MATCH (e:Evidence)
WITH e, e.status = 'proposed' AS waits, coalesce(e.retracted_at, e.decided_at, e.recorded_at) AS at
  ORDER BY waits DESC, CASE WHEN waits THEN at END, at DESC, e.id
  LIMIT $limit
MATCH (s:Source)<-[:FROM]-(e)-[:OF]->(c:Claim)
MATCH (subject:Actor)<-[:SUBJECT]-(c)-[:OBJECT]->(object:Actor)
MATCH (r:Relation {id: c.relation})
RETURN e.status AS status, at, e.decided_by AS by, e.reason AS reason,
       subject.name AS subject, r.label AS tie, object.name AS object, c.when AS when,
       e.stance AS stance, e.modality AS modality, e.confidence AS confidence, e.coder AS coder,
       s.title AS source, e.locator AS locator, c.state AS state, e.id AS evidence
  ORDER BY waits DESC, CASE WHEN waits THEN at END, at DESC, evidence
