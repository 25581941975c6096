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
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300, verbose_name="file name")),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("size", models.PositiveBigIntegerField(verbose_name="size")),
                ("media_type", models.CharField(max_length=100, verbose_name="kind of file")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="uploaded")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="accounts.account"
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
                ("removal_reason", models.TextField(blank=True, editable=False, verbose_name="reason of the removal")),
                ("removed_at", models.DateTimeField(editable=False, null=True, verbose_name="removed")),
                (
                    "removed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("search_key", models.CharField(default="", editable=False, max_length=620)),
            ],
            options={
                "verbose_name": "file",
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="a_file_has_a_name"),
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("account", "digest"),
                        name="an_account_has_a_content_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removal_reason", ""), ("removed_at", None), ("removed_by", None)),
                            models.Q(
                                ("removed_at__isnull", False),
                                ("removed_by__isnull", False),
                                models.Q(("removal_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_removed_file_says_by_whom_and_why",
                    ),
                ],
                "verbose_name_plural": "files",
                "indexes": [models.Index(fields=["account", "removed_at", "-id"], name="files_of_an_account")],
            },
        ),
    ]
