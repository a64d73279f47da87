// Remember of claims that they are to be drawn anew later.
UNWIND $rows AS id
MATCH (c:Claim {id: id})
SET c:Undrawn
