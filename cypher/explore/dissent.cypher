// Denied, disputed, or one side's own word
// :param {actor: "israel"}
// The claims about $actor on which sources part, and those that a source leaves to whoever said so:
// who says it, who denies it. A `disputed` claim is asserted and denied by accepted evidence; a
// `denied` one is only denied, and counts nowhere; an `attributed` one is told as somebody's words.
// Everything that is known is shown, whatever its date.
MATCH (asked:Actor {id: $actor})
MATCH (:Actor {goes_by: asked.goes_by})<-[:SUBJECT|OBJECT]-(c:Claim)
WITH DISTINCT c
MATCH (c)<-[:OF]-(e {status: 'accepted'})-[:FROM]->(s:Source)
WITH c, e, s.title + coalesce(' (words of ' + e.attributed_to + ')', '') AS voice
WITH c, count(e.attributed_to) AS quoted,
     collect(DISTINCT CASE e.stance WHEN 'asserted' THEN voice END) AS says,
     collect(DISTINCT CASE e.stance WHEN 'denied' THEN voice END) AS denies
WHERE c.state IN ['disputed', 'denied'] OR quoted > 0
MATCH (subject:Actor)<-[:SUBJECT]-(c)-[:OBJECT]->(object:Actor)
RETURN subject.name AS subject, c.label AS tie, object.name AS object,
       CASE WHEN c.state IN ['disputed', 'denied'] THEN c.state ELSE 'attributed' END AS standing,
       says, denies, c.when AS when, c.id AS claim
  ORDER BY standing DESC, c.since, claim
