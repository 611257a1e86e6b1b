-- The work list of an archive. What it holds can be made again from the sources; it is no part of the data.

CREATE TABLE about (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- One content. `key`: the catalogue and the program of the result that is wanted, or was made.
CREATE TABLE document (
    id          INTEGER PRIMARY KEY,
    digest      TEXT NOT NULL UNIQUE,
    key         TEXT NOT NULL,
    -- listed, queued, leased, done, skipped, poisoned, lost, replaced
    state       TEXT NOT NULL,
    package     INTEGER NOT NULL,
    -- A file with these bytes; empty: they are kept beside the list.
    place       TEXT NOT NULL,
    -- The last run that named it.
    run         INTEGER NOT NULL,
    -- How often whoever worked on it crashed, and how often the system or a person ended him.
    crashes     INTEGER NOT NULL DEFAULT 0,
    ends        INTEGER NOT NULL DEFAULT 0,
    worker      TEXT NOT NULL DEFAULT '',
    -- Seconds since 1970 (UTC).
    lease_until INTEGER NOT NULL DEFAULT 0,
    not_before  INTEGER NOT NULL DEFAULT 0,
    -- Why it is skipped, poisoned or lost.
    reason      TEXT NOT NULL DEFAULT '',
    -- Of the last result: where its rows belong, how many figures it has, how its check ended.
    year        INTEGER NOT NULL DEFAULT 0,
    province    TEXT NOT NULL DEFAULT '',
    weight      INTEGER NOT NULL DEFAULT 0,
    outcome     TEXT NOT NULL DEFAULT '',
    errors      INTEGER NOT NULL DEFAULT 0,
    -- The bundle in which its rows stand, and by which key they were made.
    bundle      INTEGER REFERENCES bundle (id),
    laid        TEXT NOT NULL DEFAULT '',
    -- Whether it got a name since.
    renamed     INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX document_queued ON document (key, not_before, id) WHERE state = 'queued';
CREATE INDEX document_leased ON document (lease_until) WHERE state = 'leased';
CREATE INDEX document_worker ON document (worker) WHERE state = 'leased';
CREATE INDEX document_bundle ON document (bundle) WHERE bundle IS NOT NULL;

-- Every name under which a content was found.
CREATE TABLE name (
    document  INTEGER NOT NULL REFERENCES document (id),
    file      TEXT NOT NULL,
    published TEXT,
    PRIMARY KEY (document, file)
) WITHOUT ROWID;

-- Rows of a document that stand in no bundle yet.
CREATE TABLE sheaf (
    document INTEGER PRIMARY KEY REFERENCES document (id),
    key      TEXT NOT NULL,
    packed   BLOB NOT NULL
);

-- Documents of one year and province whose rows stand together: one part a table.
CREATE TABLE bundle (
    id       INTEGER PRIMARY KEY,
    year     INTEGER NOT NULL,
    province TEXT NOT NULL,
    weight   INTEGER NOT NULL
);

CREATE TABLE part (
    path       TEXT PRIMARY KEY,
    bundle     INTEGER NOT NULL REFERENCES bundle (id),
    table_name TEXT NOT NULL,
    row_count  INTEGER NOT NULL,
    bytes      INTEGER NOT NULL,
    sha256     TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX part_bundle ON part (bundle);
CREATE INDEX document_place ON document (place);
