"""Product groups, regions and sites that died stand side by side; what shows one silence counts once."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_accounts_are_searched_in_an_index"),
        ("insight", "0005_views_of_the_portfolio"),
        ("losses", "0001_first"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="partialloss",
            name="a_direction_of_an_account_dies_once",
        ),
        migrations.AddField(
            model_name="partialloss",
            name="counts",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="partialloss",
            name="dimension",
            field=models.CharField(
                choices=[("direction", "Product group"), ("region", "Region"), ("site", "Site")],
                default="direction",
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="partialloss",
            constraint=models.UniqueConstraint(
                fields=("run", "account", "dimension", "code"), name="a_direction_of_an_account_dies_once"
            ),
        ),
    ]
