"""The tables of the journal, and the triggers that keep it append-only."""

from sqlalchemy import Column, Integer, MetaData, Table, Text

from wordkept.ledger.chain import BEFORE_THE_FIRST

APPLICATION_ID = 0x776B7074
"""`wkpt` in ASCII: SQLite's place for saying whose file this is."""
FORMAT = 1
"""Kept in SQLite's `user_version`; a ledger of a higher format was made by a newer version."""

ENTRIES = Table(
    "entries",
    MetaData(),
    Column("number", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("who", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)

# Written out, not generated: `verify` holds the file's own schema against this text, which so
# must not depend on the version of a library.
SCHEMA = (
    """CREATE TABLE entries (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL
)""",
    """CREATE TRIGGER entries_keep BEFORE UPDATE ON entries BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only: an entry cannot be changed');
END""",
    """CREATE TRIGGER entries_stay BEFORE DELETE ON entries BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only: an entry cannot be deleted');
END""",
    """CREATE TRIGGER entries_in_order BEFORE INSERT ON entries
WHEN NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM entries) BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only: an entry must carry the next number');
END""",
    f"""CREATE TRIGGER entries_chained BEFORE INSERT ON entries
WHEN NEW.previous IS NOT COALESCE(
  (SELECT hash FROM entries ORDER BY number DESC LIMIT 1), '{BEFORE_THE_FIRST}'
) BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only: an entry must carry the hash of the last');
END""",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {FORMAT}",
)
