// Write claims anew; what is no longer known of them goes.
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
WITH row, row.properties AS p, c
SET c = p {.*, since: date(p.since), until: date(p.until), counts_from: date(p.counts_from),
           counts_until: date(p.counts_until), entries: c.entries + row.entries}
REMOVE c:Undrawn
