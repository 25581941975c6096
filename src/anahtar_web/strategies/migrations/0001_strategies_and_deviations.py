import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_accounts_are_searched_in_an_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Deviation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="what we do instead")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("tr", "Turkish")], max_length=2, verbose_name="language"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("until", models.DateField(blank=True, null=True, verbose_name="holds until")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="written")),
                ("current", models.BooleanField(default=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("end_reason", models.TextField(blank=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="deviations", to="accounts.account"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "deviation from a strategy",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["current", "until"], name="deviations_that_hold")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)),
                        fields=("account",),
                        name="an_account_has_one_deviation_that_holds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="a_deviation_says_what_we_do"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="a_deviation_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None),
                            models.Q(
                                ("current", False),
                                ("ended_by__isnull", False),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="an_ended_deviation_says_by_whom_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("AX", "AX"),
                            ("AY", "AY"),
                            ("AZ", "AZ"),
                            ("BX", "BX"),
                            ("BY", "BY"),
                            ("BZ", "BZ"),
                            ("CX", "CX"),
                            ("CY", "CY"),
                            ("CZ", "CZ"),
                            ("breadwinner", "breadwinner"),
                            ("prospective", "prospective"),
                            ("image_maker", "image_maker"),
                            ("expert", "expert"),
                        ],
                        max_length=20,
                        verbose_name="strategy for",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("word", models.CharField(blank=True, max_length=60, verbose_name="in a word")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("tr", "Turkish")], max_length=2, verbose_name="language"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                ("restores", models.PositiveIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="written")),
                ("current", models.BooleanField(default=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "touch_days",
                    models.PositiveSmallIntegerField(null=True, verbose_name="a touch at least every … days"),
                ),
                (
                    "visit_days",
                    models.PositiveSmallIntegerField(null=True, verbose_name="a visit at least every … days"),
                ),
            ],
            options={
                "verbose_name": "version of a strategy",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "number"), name="a_strategy_has_a_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)),
                        fields=("subject",),
                        name="one_version_of_a_strategy_holds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="a_version_has_a_reason"
                    ),
                    models.CheckConstraint(condition=models.Q(("number__gt", 0)), name="versions_are_counted_from_one"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), ("word", "")),
                            models.Q(models.Q(("text", ""), _negated=True), models.Q(("word", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_version_has_a_word_and_a_text",
                    ),
                ],
            },
        ),
    ]
