"""Product groups, regions and sites of an account are foreseen side by side, each with its latest gaps."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_accounts_are_searched_in_an_index"),
        ("foresight", "0001_first"),
        ("insight", "0005_views_of_the_portfolio"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="directionoutlook",
            name="a_run_foresees_a_direction_once",
        ),
        migrations.AddField(
            model_name="directionoutlook",
            name="dimension",
            field=models.CharField(
                choices=[("direction", "Product group"), ("region", "Region"), ("site", "Site")],
                default="direction",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="directionoutlook",
            name="last_gaps",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="outlook",
            name="last_gaps",
            field=models.JSONField(default=list),
        ),
        migrations.AddConstraint(
            model_name="directionoutlook",
            constraint=models.UniqueConstraint(
                fields=("run", "account", "dimension", "direction"), name="a_run_foresees_a_direction_once"
            ),
        ),
    ]
