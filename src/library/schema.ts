/**
 * The library's tables. `docs/decisions` says why they are cut this way; in short: a `file` is one
 * reading of one text and never changes, a `place` puts it at a path, and a generation is a list of
 * places. So a new generation costs only what changed, and going back costs nothing.
 */

/** Marks our SQLite files ("Yuan" in ASCII), so that a restore never takes a stranger's database. */
export const APPLICATION_ID = 0x5975616e;

/**
 * Steps from one `user_version` to the next; step 0 makes an empty database version 1. Never change
 * a step that has shipped, add another.
 *
 * Ids that leave the database (a place in the HNSW graph, a citation) are AUTOINCREMENT: they are
 * never given twice. A file's passages, and an article's paragraphs, have consecutive ids; they are
 * found and removed by range, which saves an index on each of the two largest tables.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    identity TEXT NOT NULL,            -- new after a restore: what was derived before no longer fits
    serving INTEGER REFERENCES generation(id),
    passages_per_second REAL           -- measured while embedding; for the preview's estimate
  );

  CREATE TABLE file (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    digest BLOB NOT NULL UNIQUE,       -- of the rules, the text and everything read from it
    length INTEGER NOT NULL,           -- UTF-16 code units
    first_passage INTEGER NOT NULL,
    passage_count INTEGER NOT NULL
  );
  CREATE TABLE chunk (
    id INTEGER PRIMARY KEY,            -- file * CHUNKS_PER_FILE + number
    units BLOB NOT NULL                -- UTF-16LE
  );
  CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES file(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,          -- 0 for the first of its file
    title TEXT NOT NULL, kicker TEXT, deck TEXT, source TEXT, authors TEXT NOT NULL, date TEXT, url TEXT,
    subheads TEXT NOT NULL,
    first_paragraph INTEGER NOT NULL,
    paragraph_count INTEGER NOT NULL,
    UNIQUE (file, ordinal)
  );
  CREATE TABLE paragraph (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL,
    spans TEXT NOT NULL,               -- JSON; the text itself is sliced out of the file's chunks
    subhead TEXT
  );
  CREATE TABLE passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    paragraph INTEGER NOT NULL,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    input INTEGER NOT NULL REFERENCES input(id)
  );
  CREATE INDEX passage_input ON passage(input);
  CREATE TABLE segment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    first INTEGER NOT NULL,            -- stretch of passage ids whose words it holds
    last INTEGER NOT NULL,
    passages INTEGER NOT NULL,         -- how many of them it has words of
    lengths BLOB NOT NULL              -- terms in each passage of the stretch, 16 bits each
  );
  CREATE TABLE term_block (
    id INTEGER PRIMARY KEY,
    segment INTEGER NOT NULL REFERENCES segment(id) ON DELETE CASCADE,
    first BLOB NOT NULL,               -- its first term, UTF-16BE: sorts as the terms do
    bytes BLOB NOT NULL                -- as words/blocks.ts packs them
  );
  CREATE UNIQUE INDEX term_block_first ON term_block(segment, first);

  CREATE TABLE input (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL UNIQUE          -- of the text that is embedded
  );
  CREATE TABLE model (
    id INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    dimensions INTEGER NOT NULL
  );
  CREATE TABLE vector (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    input INTEGER NOT NULL REFERENCES input(id) ON DELETE CASCADE,
    model INTEGER NOT NULL REFERENCES model(id),
    value BLOB NOT NULL,
    UNIQUE (input, model)
  );

  CREATE TABLE place (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL,
    source BLOB NOT NULL,              -- hash of the rules and the file's bytes
    file INTEGER NOT NULL REFERENCES file(id) ON DELETE CASCADE,
    stamp TEXT,                        -- size and times when last seen; null when they can't be trusted
    UNIQUE (path, source)
  );
  CREATE INDEX place_file ON place(file);
  CREATE TABLE article_id (
    place INTEGER NOT NULL REFERENCES place(id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (place, ordinal)
  ) WITHOUT ROWID;
  CREATE INDEX article_id_id ON article_id(id);
  CREATE TABLE generation (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    model INTEGER NOT NULL REFERENCES model(id),
    parent INTEGER REFERENCES generation(id) ON DELETE SET NULL,  -- what served before it; where going back leads
    created TEXT NOT NULL,
    served INTEGER NOT NULL DEFAULT 0, -- 0 while it is examined; one that never served is dropped
    articles INTEGER NOT NULL,
    passages INTEGER NOT NULL
  );
  CREATE TABLE listing (
    generation INTEGER NOT NULL REFERENCES generation(id) ON DELETE CASCADE,
    place INTEGER NOT NULL REFERENCES place(id),
    PRIMARY KEY (generation, place)
  ) WITHOUT ROWID;
  CREATE INDEX listing_place ON listing(place);
  `,
  // Text is deflated, and in shorter chunks: 2^12 units instead of 2^15.
  `
  ALTER TABLE chunk RENAME TO long_chunk;
  CREATE TABLE chunk (
    id INTEGER PRIMARY KEY,            -- file * CHUNKS_PER_FILE + number
    deflated BLOB NOT NULL             -- zlib's form of UTF-16LE
  );
  INSERT INTO chunk
    SELECT id / 65536 * 65536 + id % 65536 * 8 + part, deflated(substr(units, part * 8192 + 1, 8192))
    FROM long_chunk CROSS JOIN (SELECT value AS part FROM json_each('[0,1,2,3,4,5,6,7]'))
    WHERE length(units) > part * 8192;
  DROP TABLE long_chunk;
  `,
];
