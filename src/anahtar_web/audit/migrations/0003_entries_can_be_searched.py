"""Entries of the trail can be found by folded text."""

from importlib import import_module

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from anahtar_web.ui.text import fold

# Adding a column makes SQLite build the table anew, which silently drops its triggers.
guards = import_module("anahtar_web.audit.migrations.0002_entries_stay")


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Fold what the entries say."""
    entries = apps.get_model("audit", "Entry").objects
    for entry in entries.iterator(chunk_size=1000):
        key = fold(f"{entry.target_name} {entry.by_name} {entry.reason}")
        entries.filter(pk=entry.pk).update(search_key=key)


class Migration(migrations.Migration):
    """The column, with the guards taken down and put up again."""

    dependencies = [("audit", "0002_entries_stay")]
    operations = [
        migrations.RunPython(guards.drop, guards.make),
        migrations.AddField("entry", "search_key", models.TextField(default="", editable=False)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(guards.make, guards.drop),
    ]
