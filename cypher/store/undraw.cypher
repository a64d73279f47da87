// Take away the relationships of one type that these claims are drawn as. TYPE stands for the type:
// only one that stands in the text is found by its index.
UNWIND $rows AS id
MATCH ()-[tie:TYPE {claim: id}]->()
DELETE tie
