// Whether there is anything at all, and of what sort.
MATCH (n)
RETURN labels(n) AS labels
LIMIT 1
