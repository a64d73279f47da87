// Keep the texts that entries only commit to, apart from them.
UNWIND $texts AS text
CREATE (t:Text)
SET t = text
