"""A signal of a direction says of which kind the direction is; what was told before is of a product group."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def name_the_kind(apps: StateApps, _schema: BaseDatabaseSchemaEditor) -> None:
    """So that the next analysis finds them again, with what people decided on them."""
    apps.get_model("signals", "Signal").objects.exclude(direction="").update(dimension="direction")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_accounts_are_searched_in_an_index"),
        ("insight", "0005_views_of_the_portfolio"),
        ("risks", "0001_first"),
        ("signals", "0001_first"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="signal",
            name="a_signal_is_told_once",
        ),
        migrations.AddField(
            model_name="signal",
            name="dimension",
            field=models.CharField(
                blank=True,
                choices=[("direction", "Product group"), ("region", "Region"), ("site", "Site")],
                max_length=12,
            ),
        ),
        migrations.RunPython(name_the_kind, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="signal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "gone"), _negated=True),
                fields=("account", "kind", "dimension", "direction"),
                name="a_signal_is_told_once",
            ),
        ),
    ]
