// The places in the log of the texts among these that are not erased yet.
UNWIND $commitments AS commitment
MATCH (t:Text {commitment: commitment})
WHERE NOT t:Erased
RETURN t.commitment AS commitment, t.sequence AS place
