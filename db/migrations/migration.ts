/** What a migration is, and the pieces that every record's table shares. */
export type Migration = {
  /** The `user_version` that the database has after it. Ascending, with gaps for what comes between. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
};

/**
 * Columns of every record's table. `id` is for joins inside this file only; `uid` (UUIDv7, 16 bytes) is the record's
 * identity everywhere else. `labelKey` and `searchText` are folded (shared/rules/normalise/fold.ts). `version` is the
 * clock of the record's last change.
 */
export const baseColumns = `id INTEGER PRIMARY KEY,
    uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
    label TEXT NOT NULL,
    labelKey TEXT NOT NULL,
    searchText TEXT NOT NULL DEFAULT '',
    version INTEGER NOT NULL,
    createdAtMs INTEGER NOT NULL,
    updatedAtMs INTEGER NOT NULL,
    deletedAtMs INTEGER`;

/**
 * The search index: trigrams of `searchText`, without positions (a hit is verified against the stored text) and
 * without a copy of the text. Words are set apart by two spaces, so that "  a" and " an" are trigrams of their own and
 * one and two letters find the beginnings of words.
 */
export const searchOptions = `(text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1')`;
