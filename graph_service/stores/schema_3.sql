-- Format 3: which texts were erased is found without reading the others, so that a copy can ask again
-- and again.

CREATE INDEX erased ON texts (commitment) WHERE text IS NULL;
