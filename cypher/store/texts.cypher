// The texts behind commitments.
UNWIND $commitments AS commitment
MATCH (t:Text {commitment: commitment})
RETURN t.commitment AS commitment, t.salt AS salt, t.text AS text
