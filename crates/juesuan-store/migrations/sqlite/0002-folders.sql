-- A folder from which accounts are made.
CREATE TABLE folder (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    year INTEGER,
    variant TEXT NOT NULL,
    title TEXT NOT NULL,
    created INTEGER NOT NULL,
    removed INTEGER
) STRICT;

-- One step of a person. `standing` is done, undone or dropped (undone, and something else done since) of an edit; an undo or
-- redo names the edit that it is `of`.
CREATE TABLE change (
    id INTEGER PRIMARY KEY,
    folder INTEGER NOT NULL REFERENCES folder (id),
    at INTEGER NOT NULL,
    person TEXT NOT NULL,
    cause TEXT NOT NULL,
    standing TEXT,
    of INTEGER REFERENCES change (id)
) STRICT;
CREATE INDEX change_by_standing ON change (folder, standing, id);

-- A version of a file in a folder; without content it was removed. `before` is the content that it took the place of.
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    folder INTEGER NOT NULL REFERENCES folder (id),
    path TEXT NOT NULL,
    version INTEGER NOT NULL,
    change INTEGER NOT NULL REFERENCES change (id),
    newest INTEGER NOT NULL,
    content TEXT,
    before TEXT
) STRICT;
CREATE UNIQUE INDEX entry_by_version ON entry (folder, path, version);
CREATE UNIQUE INDEX entry_newest ON entry (folder, path) WHERE newest = 1;
CREATE INDEX entry_of_change ON entry (change);

-- An output that was made of a folder.
CREATE TABLE issue (
    id INTEGER PRIMARY KEY,
    folder INTEGER NOT NULL REFERENCES folder (id),
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    person TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    state TEXT NOT NULL,
    summary TEXT NOT NULL,
    approved_name TEXT,
    approved_day TEXT,
    approved_at INTEGER,
    approved_by TEXT
) STRICT;
CREATE UNIQUE INDEX issue_by_number ON issue (folder, number);
CREATE INDEX issue_by_fingerprint ON issue (fingerprint);

CREATE TABLE issue_file (
    issue INTEGER NOT NULL REFERENCES issue (id),
    path TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (issue, path)
) STRICT, WITHOUT ROWID;
