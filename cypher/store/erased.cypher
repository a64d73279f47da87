// The commitments whose texts were erased.
MATCH (t:Erased)
RETURN t.commitment AS commitment
