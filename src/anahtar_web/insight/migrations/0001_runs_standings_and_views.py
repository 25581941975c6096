import anahtar_web.insight.descending
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Run",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField(verbose_name="begun")),
                ("finished_at", models.DateTimeField(null=True, verbose_name="finished")),
                ("current", models.BooleanField(default=False)),
                ("refusal", models.JSONField(null=True)),
                ("damaged_batch", models.CharField(blank=True, max_length=60)),
                ("batches", models.JSONField(default=list)),
                ("options", models.JSONField(default=dict)),
                ("as_of", models.DateField(null=True, verbose_name="as of")),
                ("window_start", models.DateField(null=True)),
                ("window_end", models.DateField(null=True)),
                ("last_month", models.DateField(null=True)),
                ("has_year_ago", models.BooleanField(default=False)),
                (
                    "measure",
                    models.CharField(
                        blank=True,
                        choices=[("revenue", "revenue"), ("profit", "profit")],
                        max_length=10,
                        verbose_name="measure",
                    ),
                ),
                ("currency", models.CharField(blank=True, max_length=20)),
                ("first_date", models.DateField(null=True)),
                ("last_date", models.DateField(null=True)),
                ("rows_in_file", models.BigIntegerField(default=0)),
                ("rows_set_aside", models.BigIntegerField(default=0)),
                ("rows_refused", models.BigIntegerField(default=0)),
                ("amount_accepted", models.BigIntegerField(default=0)),
                ("unassigned_rows", models.BigIntegerField(default=0)),
                ("unassigned_amount", models.BigIntegerField(default=0)),
                ("customers", models.IntegerField(default=0)),
                ("revenue", models.BigIntegerField(default=0)),
                ("revenue_positive", models.BigIntegerField(default=0)),
                ("profit", models.BigIntegerField(null=True)),
                ("value_positive", models.BigIntegerField(default=0)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "run",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)), fields=("current",), name="one_run_is_current"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("current", False),
                            models.Q(("finished_at__isnull", False), ("refusal__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_current_run_has_figures",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("query", models.CharField(blank=True, max_length=2000)),
                ("columns", models.JSONField(default=list)),
                ("default", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "constraints": [
                    models.UniqueConstraint(fields=("person", "name"), name="a_person_has_a_view_of_a_name_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("default", True)),
                        fields=("person",),
                        name="a_person_has_one_view_that_opens",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="a_view_has_a_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("revenue", models.BigIntegerField(null=True)),
                ("revenue_year_ago", models.BigIntegerField(null=True)),
                ("revenue_change", models.FloatField(null=True)),
                ("revenue_share", models.FloatField(null=True)),
                ("revenue_rank", models.IntegerField(null=True)),
                ("profit", models.BigIntegerField(null=True)),
                ("margin", models.FloatField(null=True)),
                ("value", models.BigIntegerField(null=True)),
                ("value_year_ago", models.BigIntegerField(null=True)),
                ("change", models.FloatField(null=True)),
                ("share", models.FloatField(null=True)),
                ("cumulative_share", models.FloatField(null=True)),
                ("rank", models.IntegerField(null=True)),
                ("abc", models.CharField(max_length=4, null=True)),
                ("abc_year_ago", models.CharField(max_length=4, null=True)),
                ("abc_border", models.BigIntegerField(null=True)),
                ("abc_distance", models.FloatField(null=True)),
                ("stability", models.FloatField(null=True)),
                ("xyz", models.CharField(max_length=12, null=True)),
                ("cell", models.CharField(max_length=2, null=True)),
                ("cv", models.FloatField(null=True)),
                ("demand", models.CharField(max_length=20, null=True)),
                ("orders", models.IntegerField(default=0)),
                ("purchase_days", models.IntegerField(default=0)),
                ("lines", models.IntegerField(default=0)),
                ("months_active", models.IntegerField(default=0)),
                ("first_purchase", models.DateField(null=True)),
                ("last_purchase", models.DateField(null=True)),
                ("last12", models.JSONField(default=list)),
                ("trend", models.FloatField(null=True)),
                ("gap_median", models.FloatField(null=True)),
                ("silence", models.IntegerField(null=True)),
                ("expected_by", models.DateField(null=True)),
                ("days_late", models.IntegerField(null=True)),
                ("state", models.CharField(max_length=12, null=True)),
                ("key", models.BooleanField(default=False)),
                ("types", models.CharField(blank=True, max_length=120)),
                ("candidate_for", models.CharField(blank=True, max_length=120)),
                ("companies", models.IntegerField(default=0)),
                ("group_revenue", models.BigIntegerField(null=True)),
                ("group_revenue_year_ago", models.BigIntegerField(null=True)),
                ("group_profit", models.BigIntegerField(null=True)),
                ("group_last_purchase", models.DateField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="standings", to="accounts.account"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standings",
                        to="insight.run",
                    ),
                ),
            ],
            options={
                "verbose_name": "standing",
                "indexes": [
                    anahtar_web.insight.descending.GreatestFirstIndex(
                        fields=["run", "-revenue", "account"], name="standings_by_revenue"
                    ),
                    anahtar_web.insight.descending.GreatestFirstIndex(
                        fields=["run", "-revenue_change", "account"], name="standings_by_revenue_change"
                    ),
                    anahtar_web.insight.descending.GreatestFirstIndex(
                        fields=["run", "-profit", "account"], name="standings_by_profit"
                    ),
                    anahtar_web.insight.descending.GreatestFirstIndex(
                        fields=["run", "-margin", "account"], name="standings_by_margin"
                    ),
                    anahtar_web.insight.descending.GreatestFirstIndex(
                        fields=["run", "-value", "account"], name="standings_by_value"
                    ),
                    anahtar_web.insight.descending.GreatestFirstIndex(
                        fields=["run", "-change", "account"], name="standings_by_change"
                    ),
                    anahtar_web.insight.descending.GreatestFirstIndex(
                        fields=["run", "-trend", "account"], name="standings_by_trend"
                    ),
                    anahtar_web.insight.descending.GreatestFirstIndex(
                        fields=["run", "-orders", "account"], name="standings_by_orders"
                    ),
                    anahtar_web.insight.descending.GreatestFirstIndex(
                        fields=["run", "-silence", "account"], name="standings_by_silence"
                    ),
                    anahtar_web.insight.descending.GreatestFirstIndex(
                        fields=["run", "-days_late", "account"], name="standings_by_days_late"
                    ),
                    anahtar_web.insight.descending.GreatestFirstIndex(
                        fields=["run", "-group_revenue", "account"], name="standings_by_group_revenue"
                    ),
                    anahtar_web.insight.descending.GreatestFirstIndex(
                        fields=["run", "-first_purchase", "account"], name="standings_by_first_purchase"
                    ),
                    anahtar_web.insight.descending.GreatestFirstIndex(
                        fields=["run", "-expected_by", "account"], name="standings_by_expected_by"
                    ),
                    models.Index(fields=["run", "abc", "account"], name="standings_by_class"),
                    models.Index(fields=["run", "cell", "account"], name="standings_by_cell"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "account"), name="an_account_stands_once_in_a_run")
                ],
            },
        ),
    ]
