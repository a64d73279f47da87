// What a source says
// :param {source: "article-2024-09", limit: 100}
// The first $limit pieces of evidence from $source, in the order of the places in it: who, what, to
// whom, whether it asserts or denies it, as done or only intended, demanded or supposed, and how
// sure the coder was of having read it so. `status` is what was decided on the piece, `state` what
// all sources together make of the claim. Everything that is known is shown, whatever its date.
MATCH (s:Source {id: $source})
MATCH (s)<-[:FROM]-(e:Evidence)-[:OF]->(c:Claim)
MATCH (subject:Actor)<-[:SUBJECT]-(c)-[:OBJECT]->(object:Actor)
MATCH (r:Relation {id: c.relation})
RETURN e.locator AS locator, subject.name AS subject, r.label AS tie, object.name AS object,
       c.when AS when, e.stance AS stance, e.modality AS modality, e.attributed_to AS words_of,
       e.strength AS strength, e.outcome AS outcome, e.confidence AS confidence,
       s.reliability AS reliability, e.status AS status, c.state AS state, c.id AS claim
  ORDER BY size(locator), locator, subject, tie, object, e.id
  LIMIT $limit
