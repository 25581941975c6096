"""Sessions can be ended by a stamp; tries at the door are counted in a table of the database."""

from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def make_cache(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the table of the cache, so that no separate command can be forgotten."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop_cache(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Remove it."""
    if hasattr(caches["default"], "_table"):
        table = schema_editor.quote_name(str(settings.CACHES["default"]["LOCATION"]))
        schema_editor.execute(f"DROP TABLE IF EXISTS {table}")


class Migration(migrations.Migration):
    """The stamp and the table."""

    dependencies = [("people", "0001_first")]
    operations = [
        migrations.AddField("user", "session_stamp", models.PositiveIntegerField(default=0, editable=False)),
        migrations.RunPython(make_cache, drop_cache),
    ]
