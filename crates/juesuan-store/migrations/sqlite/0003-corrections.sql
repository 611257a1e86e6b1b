-- What people say stands in pictures, by the digest of the picture and the place in it; the newest of a place counts. Without a text it was
-- withdrawn.
CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    picture TEXT NOT NULL,
    place TEXT NOT NULL,
    at INTEGER NOT NULL,
    by_person TEXT NOT NULL,
    read TEXT NOT NULL,
    text TEXT
) STRICT;
CREATE INDEX correction_of_place ON correction (picture, place, id);
