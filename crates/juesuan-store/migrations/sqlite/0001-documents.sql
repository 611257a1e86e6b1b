-- The chain: what people did, each entry with the hash of the one before it.
CREATE TABLE event (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    person TEXT NOT NULL,
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    before TEXT,
    after TEXT,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT;
CREATE INDEX event_of_subject ON event (subject, id);
CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are not changed'); END;
CREATE TRIGGER event_is_not_deleted BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are not deleted'); END;

-- One publication; its versions are what was sent of it. `name` is the file name where the body is not known.
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    body TEXT NOT NULL,
    year INTEGER,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    search TEXT NOT NULL,
    created INTEGER NOT NULL,
    removed INTEGER
) STRICT;
CREATE UNIQUE INDEX document_by_identity ON document (body, ifnull(year, 0), kind) WHERE body <> '';
CREATE UNIQUE INDEX document_by_name ON document (name) WHERE body = '';

CREATE TABLE version (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (id),
    number INTEGER NOT NULL,
    newest INTEGER NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    errors INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    notices INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    coverage INTEGER,
    checked INTEGER NOT NULL,
    content TEXT NOT NULL,
    result TEXT,
    person TEXT NOT NULL,
    name TEXT NOT NULL,
    summary TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX version_by_number ON version (document, number);
CREATE UNIQUE INDEX version_by_content ON version (document, content);
CREATE INDEX version_of_content ON version (content);
CREATE UNIQUE INDEX version_newest ON version (document) WHERE newest = 1;
CREATE INDEX version_newest_by_time ON version (at) WHERE newest = 1;

-- Every answer that was ever given; the newest of a finding counts. Without a kind it was withdrawn.
CREATE TABLE answer (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES document (id),
    finding TEXT NOT NULL,
    at INTEGER NOT NULL,
    by_person TEXT NOT NULL,
    kind TEXT,
    reason TEXT NOT NULL,
    person TEXT NOT NULL,
    until TEXT,
    code TEXT NOT NULL,
    place TEXT NOT NULL
) STRICT;
CREATE INDEX answer_of_finding ON answer (document, finding, id);

CREATE TABLE job (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    cancelled INTEGER NOT NULL DEFAULT 0,
    phase TEXT NOT NULL DEFAULT '',
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER,
    outcome TEXT,
    created INTEGER NOT NULL,
    person TEXT NOT NULL
) STRICT;
CREATE INDEX job_by_state ON job (state, id);

CREATE TABLE job_item (
    job INTEGER NOT NULL REFERENCES job (id),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT '',
    note TEXT,
    PRIMARY KEY (job, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    csrf TEXT NOT NULL,
    opened INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
