// Timeline of two actors
// :param {one: "hamas", other: "israel"}
// Every accepted or disputed claim between $one and $other, in the order of time. `since` is the
// day by which it certainly began, `until` the first on which it may have ended, for an event the
// last on which it may have happened; what nobody dates comes first. Answers count a claim from the
// day `counts_from`. Nothing is left out because of its date: this is no picture of one day.
MATCH (told_one:Actor {id: $one})
MATCH (told_other:Actor {id: $other})
MATCH (one:Actor {id: told_one.goes_by})
MATCH (other:Actor {id: told_other.goes_by})
MATCH (one)-[t]-(other)
RETURN t.since AS since, t.until AS until, startNode(t).name AS subject, t.label AS tie,
       endNode(t).name AS object, t.sign AS sign, t.when AS when, t.counts_from AS counts_from,
       t.disputed AS disputed, t.source AS source, t.sources AS sources, t.claim AS claim
  ORDER BY since IS NOT NULL, since, counts_from, claim
