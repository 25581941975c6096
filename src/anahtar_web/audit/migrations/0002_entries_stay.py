"""The database itself refuses to change or delete an entry of the trail."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = {
    "update": """CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
                 BEGIN SELECT RAISE(ABORT, 'entries of the trail cannot be changed'); END""",
    "delete": """CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
                 BEGIN SELECT RAISE(ABORT, 'entries of the trail cannot be deleted'); END""",
}
POSTGRESQL = (
    """CREATE FUNCTION audit_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN RAISE EXCEPTION 'entries of the trail cannot be changed or deleted'; END $$""",
    """CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE ON audit_entry
       FOR EACH ROW EXECUTE FUNCTION audit_entry_stays()""",
)


def make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    statements = SQLITE.values() if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement)


def drop(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the triggers."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER IF EXISTS audit_entry_no_update")
        schema_editor.execute("DROP TRIGGER IF EXISTS audit_entry_no_delete")
    else:
        schema_editor.execute("DROP TRIGGER IF EXISTS audit_entry_stays ON audit_entry")
        schema_editor.execute("DROP FUNCTION IF EXISTS audit_entry_stays")


class Migration(migrations.Migration):
    """Triggers on both databases."""

    dependencies = [("audit", "0001_first")]
    operations = [migrations.RunPython(make, drop)]
