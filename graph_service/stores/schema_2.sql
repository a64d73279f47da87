-- Format 2: `writes` remembers the writes that were given a key, with what a receipt of them needs, so
-- that a retry after a crash is the same write. Ids are JSON lists.

CREATE TABLE writes (
    by TEXT NOT NULL,
    key TEXT NOT NULL,
    digest TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    written INTEGER NOT NULL,
    known INTEGER NOT NULL,
    claims TEXT NOT NULL,
    evidence TEXT NOT NULL,
    PRIMARY KEY (by, key)
) STRICT, WITHOUT ROWID;
