/**
 * People's state, apart from the library: it changes with every message, the library only with the
 * articles. Each entry brings the database from the version of its index to the next.
 */
export const MIGRATIONS: readonly string[] = [
  `
  -- Updates from Telegram; payload is NULL once handled, the row stays a while to know repetitions.
  -- delivered lists the ids of the messages that were sent for it.
  CREATE TABLE inbox (
    update_id   INTEGER PRIMARY KEY,
    lane        TEXT NOT NULL,
    payload     TEXT,
    attempts    INTEGER NOT NULL DEFAULT 0,
    delivered   TEXT NOT NULL DEFAULT '[]',
    received_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX inbox_waiting ON inbox (update_id) WHERE payload IS NOT NULL;
  CREATE INDEX inbox_age ON inbox (received_at);
  CREATE TABLE polling (
    id             INTEGER PRIMARY KEY CHECK (id = 1),
    next_update_id INTEGER NOT NULL,
    moved_at       INTEGER NOT NULL
  ) STRICT;

  -- What a sent citation showed, addressed by its content; never removed, so that it opens for ever.
  CREATE TABLE kept_articles (
    key     TEXT PRIMARY KEY,
    content TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE citations (
    key              TEXT PRIMARY KEY,
    article_key      TEXT NOT NULL REFERENCES kept_articles (key),
    paragraph_number INTEGER NOT NULL,
    marks            TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX citations_article ON citations (article_key);

  -- Answers, for their buttons. The words and the person are taken out after a time; the keys stay.
  CREATE TABLE answers (
    key         TEXT PRIMARY KEY,
    chat_id     INTEGER,
    user_id     INTEGER,
    message_id  INTEGER,
    sent        TEXT NOT NULL DEFAULT '[]',
    question    TEXT,
    topic       TEXT,
    resolved    TEXT,
    answered    INTEGER NOT NULL,
    shown       TEXT NOT NULL,
    more        TEXT NOT NULL,
    asked_at    INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX answers_message ON answers (chat_id, message_id);
  CREATE INDEX answers_user ON answers (user_id);
  CREATE INDEX answers_topic ON answers (topic);
  CREATE TABLE feedback (
    answer_key TEXT NOT NULL REFERENCES answers (key) ON DELETE CASCADE,
    user_id    INTEGER NOT NULL,
    vote       INTEGER NOT NULL CHECK (vote IN (-1, 1)),
    PRIMARY KEY (answer_key, user_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX feedback_user ON feedback (user_id);

  CREATE TABLE turns (
    id       INTEGER PRIMARY KEY,
    chat_id  INTEGER NOT NULL,
    user_id  INTEGER NOT NULL,
    turn     TEXT NOT NULL,
    asked_at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX turns_of ON turns (chat_id, user_id, id);

  -- A person's id or a group's; Telegram keeps the two apart by sign.
  CREATE TABLE languages (
    id       INTEGER PRIMARY KEY,
    language TEXT NOT NULL
  ) STRICT;
  CREATE TABLE blocked (
    chat_id INTEGER PRIMARY KEY,
    since   INTEGER NOT NULL
  ) STRICT;

  -- Texts too long for a button's 64 bytes: example questions, searches, article ids.
  CREATE TABLE links (
    key     TEXT PRIMARY KEY,
    content TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE writings (
    person  TEXT NOT NULL,
    day     TEXT NOT NULL,
    answers INTEGER NOT NULL,
    PRIMARY KEY (person, day)
  ) STRICT, WITHOUT ROWID;
  `,
  `
  -- Whose updates the inbox holds.
  CREATE TABLE inbox_owner (
    id     INTEGER PRIMARY KEY CHECK (id = 1),
    bot_id INTEGER NOT NULL
  ) STRICT;
  `,
];
