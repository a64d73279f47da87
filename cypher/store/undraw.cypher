// Take away the relationships of one type that these claims are drawn as.
UNWIND $rows AS id
MATCH ()-[tie:TYPE {claim: id}]->()
DELETE tie
