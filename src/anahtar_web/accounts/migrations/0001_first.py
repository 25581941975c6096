import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("code", models.CharField(max_length=200, unique=True, verbose_name="code")),
                ("name", models.CharField(max_length=300, verbose_name="name")),
                ("ledger_name", models.CharField(blank=True, max_length=300)),
                ("ledger_group", models.CharField(blank=True, max_length=200)),
                ("in_ledger", models.BooleanField(default=False)),
                ("search_key", models.CharField(editable=False, max_length=520)),
                ("sort_key", models.CharField(db_index=True, editable=False, max_length=300)),
                ("parent_said_by_person", models.BooleanField(default=False)),
                ("country", models.CharField(blank=True, max_length=2, verbose_name="country")),
                ("tax_number", models.CharField(blank=True, max_length=40, verbose_name="tax number")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("city", models.CharField(blank=True, max_length=100, verbose_name="city")),
                ("sector", models.CharField(blank=True, max_length=100, verbose_name="sector")),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("ledger", "the ledger"),
                            ("group", "a group named in the ledger"),
                            ("person", "a person"),
                        ],
                        default="ledger",
                        max_length=10,
                    ),
                ),
                ("created_by_batch", models.CharField(blank=True, max_length=60)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="accounts.account",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="companies",
                        to="accounts.account",
                        verbose_name="group",
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receivers",
                        to="accounts.account",
                        verbose_name="payer",
                    ),
                ),
            ],
            options={
                "verbose_name": "account",
                "verbose_name_plural": "accounts",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="an_account_is_not_its_own_group",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("id")), _negated=True),
                        name="an_account_is_not_merged_into_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("payer", models.F("id")), _negated=True),
                        name="an_account_names_no_payer_for_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="an_account_has_a_code"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("manager", "Key account manager"),
                            ("sales", "Sales"),
                            ("marketing", "Marketing"),
                            ("service", "Service"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                        verbose_name="part",
                    ),
                ),
                ("since", models.DateField(verbose_name="since")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assignments", to="accounts.account"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "assignment",
                "indexes": [models.Index(fields=["person", "until", "account"], name="assignments_of_a_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("part", "manager"), ("until", None)),
                        fields=("account",),
                        name="an_account_has_one_manager",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("account", "person", "part"),
                        name="a_person_has_a_part_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                        name="an_assignment_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dismissal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.account"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.account"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="a_pair_is_dismissed_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="a_dismissed_pair_has_one_order"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lineage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("distance", models.PositiveSmallIntegerField()),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lineage_above", to="accounts.account"
                    ),
                ),
                (
                    "ancestor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lineage_below", to="accounts.account"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("ancestor", "account"), name="an_account_is_above_another_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(verbose_name="reason")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("kept", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="merges_away", to="accounts.account"
                    ),
                ),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="merges_in", to="accounts.account"
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)),
                        fields=("source",),
                        name="an_account_is_merged_into_one",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Suggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("name", "nearly the same name"),
                            ("tax_number", "the same tax number"),
                            ("successor", "one began where the other stopped"),
                        ],
                        max_length=20,
                    ),
                ),
                ("score", models.FloatField()),
                ("evidence", models.JSONField(default=list)),
                ("found_at", models.DateTimeField(auto_now_add=True)),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.account"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.account"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second", "kind"), name="a_pair_is_suggested_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="a_suggested_pair_has_one_order"
                    ),
                ],
            },
        ),
    ]
