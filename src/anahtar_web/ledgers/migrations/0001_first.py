import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("jobs", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=100, unique=True, verbose_name="name of the source")),
                ("signature", models.CharField(db_index=True, max_length=64)),
                ("options", models.JSONField(default=dict)),
                ("saved_at", models.DateTimeField(auto_now=True, verbose_name="saved")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved mapping",
                "verbose_name_plural": "saved mappings",
            },
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="files")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("looking", "being opened"),
                            ("unreadable", "cannot be opened"),
                            ("open", "waits for its columns"),
                            ("checking", "being checked"),
                            ("stopped", "stopped by a check"),
                            ("checked", "waits for your word"),
                            ("importing", "being imported"),
                            ("imported", "in the ledger"),
                            ("taking_back", "being taken back"),
                            ("taken_back", "taken back"),
                            ("cancelled", "cancelled"),
                        ],
                        db_index=True,
                        default="looking",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="uploaded")),
                ("options", models.JSONField(default=dict)),
                ("peek", models.JSONField(null=True)),
                ("draft", models.JSONField(null=True)),
                ("problems", models.JSONField(default=list)),
                ("draft_version", models.PositiveIntegerField(default=0)),
                ("refusal", models.JSONField(null=True)),
                ("batch", models.CharField(blank=True, max_length=60, verbose_name="batch")),
                ("asked_at", models.DateTimeField(null=True)),
                ("imported_at", models.DateTimeField(null=True, verbose_name="imported")),
                ("taken_back_at", models.DateTimeField(null=True, verbose_name="taken back")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("rows", models.PositiveBigIntegerField(null=True, verbose_name="rows")),
                ("accepted", models.PositiveBigIntegerField(null=True)),
                ("set_aside", models.PositiveBigIntegerField(null=True)),
                ("refused", models.PositiveBigIntegerField(null=True)),
                ("amount", models.BigIntegerField(null=True, verbose_name="amount")),
                ("currency", models.CharField(blank=True, max_length=20)),
                ("first_date", models.DateField(null=True)),
                ("last_date", models.DateField(null=True)),
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
                    "corrects",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="ledgers.import",
                    ),
                ),
                (
                    "imported_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="jobs.job"
                    ),
                ),
                (
                    "taken_back_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "mapping",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="imports",
                        to="ledgers.savedmapping",
                    ),
                ),
            ],
            options={
                "verbose_name": "import",
                "verbose_name_plural": "imports",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("batch", ""), _negated=True),
                        fields=("batch",),
                        name="a_batch_comes_from_one_import",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["imported", "taking_back", "taken_back"]), _negated=True),
                            models.Q(("batch", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="what_was_imported_has_a_batch",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "taken_back"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="what_is_taken_back_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("sales", "sales lines"), ("rates", "exchange rates")], default="sales", max_length=10
                    ),
                ),
                ("name", models.CharField(max_length=255, verbose_name="file")),
                ("search_key", models.CharField(editable=False, max_length=520)),
                ("stored", models.CharField(max_length=64, unique=True)),
                ("bytes", models.PositiveBigIntegerField(verbose_name="size")),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="ledgers.import"
                    ),
                ),
            ],
            options={
                "verbose_name": "file",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stored", ""), _negated=True), models.Q(("stored__contains", "/"), _negated=True)
                        ),
                        name="a_file_has_a_plain_name",
                    )
                ],
            },
        ),
    ]
