// Whether some server may write to a database; empty or none for the one that is served by default.
SHOW DATABASES YIELD name, access, writer, `default`
WHERE (name = $database OR ($database IS NULL AND `default`)) AND access = 'read-write' AND writer
RETURN name
