"""The words of texts stand in an index of the database itself."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# SQLite: words by their beginnings, in a table that refers to ours and is filled by triggers. Whoever alters
# `search_text` later has to make the triggers anew: SQLite builds an altered table anew, and drops them silently.
SQLITE = (
    """CREATE VIRTUAL TABLE search_index USING fts5(
         title_key, body_key, content='search_text', content_rowid='id',
         tokenize='unicode61 remove_diacritics 0', prefix='2 3')""",
    """CREATE TRIGGER search_text_comes AFTER INSERT ON search_text BEGIN
         INSERT INTO search_index(rowid, title_key, body_key) VALUES (new.id, new.title_key, new.body_key);
       END""",
    """CREATE TRIGGER search_text_goes AFTER DELETE ON search_text BEGIN
         INSERT INTO search_index(search_index, rowid, title_key, body_key)
         VALUES ('delete', old.id, old.title_key, old.body_key);
       END""",
    """CREATE TRIGGER search_text_changes AFTER UPDATE OF id, title_key, body_key ON search_text BEGIN
         INSERT INTO search_index(search_index, rowid, title_key, body_key)
         VALUES ('delete', old.id, old.title_key, old.body_key);
         INSERT INTO search_index(rowid, title_key, body_key) VALUES (new.id, new.title_key, new.body_key);
       END""",
)
SQLITE_BACK = (
    "DROP TRIGGER IF EXISTS search_text_comes",
    "DROP TRIGGER IF EXISTS search_text_goes",
    "DROP TRIGGER IF EXISTS search_text_changes",
    "DROP TABLE IF EXISTS search_index",
)
# PostgreSQL: the same words, in the same words as `search/matching.py` asks.
POSTGRESQL = (
    """CREATE INDEX search_index ON search_text USING gin (
         (setweight(to_tsvector('simple', title_key), 'A') || setweight(to_tsvector('simple', body_key), 'B')))""",
)
POSTGRESQL_BACK = ("DROP INDEX IF EXISTS search_index",)


def make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the index."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the index."""
    for statement in SQLITE_BACK if schema_editor.connection.vendor == "sqlite" else POSTGRESQL_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """An index on both databases."""

    dependencies = [("search", "0001_texts_that_can_be_found")]
    operations = [migrations.RunPython(make, drop)]
