// Keep the texts that entries only commit to, apart from them.
UNWIND $texts AS text
CREATE (t:Text)
SET t = text
FOREACH (erased IN CASE WHEN text.text IS NULL THEN [t] ELSE [] END | SET erased:Erased)
