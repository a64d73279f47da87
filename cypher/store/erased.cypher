// The commitments whose texts were erased.
MATCH (t:Text)
WHERE t.text IS NULL
RETURN t.commitment AS commitment
ORDER BY commitment
