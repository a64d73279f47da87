// The places in the log of all entries about these things, by the key of each.
CALL () {
  UNWIND $actors AS id
  MATCH (n:Actor {id: id})
  RETURN 'actor:' + id AS key, n.entries AS places
  UNION ALL
  UNWIND $sources AS id
  MATCH (n:Source {id: id})
  RETURN 'source:' + id AS key, n.entries AS places
  UNION ALL
  UNWIND $episodes AS id
  MATCH (n:Episode {id: id})
  RETURN 'episode:' + id AS key, n.entries AS places
  UNION ALL
  UNWIND $claims AS id
  MATCH (n:Claim {id: id})
  RETURN id AS key, n.entries AS places
  UNION ALL
  UNWIND $evidence AS id
  MATCH (n:Evidence {id: id})
  RETURN id AS key, n.entries AS places
  UNION ALL
  UNWIND $judgements AS id
  MATCH (n:Judgement {id: id})
  RETURN 'judgement:' + id AS key, n.entries AS places
}
RETURN key, places
