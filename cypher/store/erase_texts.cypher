// Erase texts for good; that they were there stays known.
UNWIND $commitments AS commitment
MATCH (t:Text {commitment: commitment})
SET t:Erased
REMOVE t.salt, t.text
