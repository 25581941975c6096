import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_accounts_are_searched_in_an_index"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("stakeholders", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Competitor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("name_key", models.CharField(editable=False, max_length=220, unique=True)),
                ("sort_key", models.CharField(db_index=True, editable=False, max_length=300)),
                ("website", models.URLField(blank=True, verbose_name="website")),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="written down")),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="competitors.competitor",
                    ),
                ),
            ],
            options={
                "verbose_name": "competitor",
                "verbose_name_plural": "competitors",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="a_competitor_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("id")), _negated=True),
                        name="a_competitor_is_not_merged_into_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="written down")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="attacks", to="accounts.account"
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
                    "competitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attacks", to="competitors.competitor"
                    ),
                ),
            ],
            options={
                "verbose_name": "competitor at an account",
                "indexes": [models.Index(fields=["account", "competitor"], name="attacks_on_an_account")],
            },
        ),
        migrations.CreateModel(
            name="PresenceVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("direction", models.CharField(blank=True, max_length=200, verbose_name="direction")),
                ("site", models.CharField(blank=True, max_length=200, verbose_name="site")),
                ("offering", models.CharField(blank=True, max_length=300, verbose_name="with what")),
                ("since", models.DateField(blank=True, null=True, verbose_name="there since")),
                ("strength", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="how strong")),
                ("notes", models.TextField(blank=True, verbose_name="how we fight them")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="left on")),
                ("why_left", models.CharField(blank=True, max_length=500, verbose_name="why they left")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="written down")),
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
                    "presence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="competitors.presence"
                    ),
                ),
                (
                    "through",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="stakeholders.stakeholder",
                        verbose_name="through whom",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a competitor at an account",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("strength", None), models.Q(("strength__gte", 1), ("strength__lte", 5)), _connector="OR"
                        ),
                        name="strength_is_from_one_to_five",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("left_on", None), _negated=True), ("why_left", ""), _connector="OR"
                        ),
                        name="only_who_left_has_a_reason_for_it",
                    ),
                    models.UniqueConstraint(fields=("presence", "number"), name="an_attack_has_a_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)),
                        fields=("presence",),
                        name="one_version_of_an_attack_holds",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sighting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen_on", models.DateField(verbose_name="seen on")),
                ("words", models.TextField(verbose_name="what was seen")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("rumour", "Rumour"),
                            ("assumed", "Assumed"),
                            ("confirmed", "Confirmed"),
                            ("document", "Document"),
                        ],
                        max_length=20,
                        verbose_name="how sure",
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="written down")),
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
                    "presence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sightings", to="competitors.presence"
                    ),
                ),
            ],
            options={
                "verbose_name": "sighting of a competitor",
                "ordering": ["-seen_on", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="a_sighting_says_what_was_seen"
                    )
                ],
                "indexes": [models.Index(fields=["presence", "seen_on"], name="sightings_of_an_attack")],
            },
        ),
        migrations.CreateModel(
            name="ThreatDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        blank=True,
                        choices=[("none", "None"), ("low", "Low"), ("medium", "Medium"), ("high", "High")],
                        max_length=10,
                        verbose_name="threat",
                    ),
                ),
                (
                    "computed",
                    models.CharField(
                        choices=[("none", "None"), ("low", "Low"), ("medium", "Medium"), ("high", "High")],
                        max_length=10,
                        verbose_name="computed then",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="reason")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="written down")),
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
                    "presence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="threat_decisions",
                        to="competitors.presence",
                    ),
                ),
            ],
            options={
                "verbose_name": "decision on a threat",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="a_decided_threat_has_a_reason"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WalletShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("share", models.DecimalField(decimal_places=4, max_digits=5, verbose_name="share of the wallet")),
                ("as_of", models.DateField(verbose_name="as of")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("rumour", "Rumour"),
                            ("assumed", "Assumed"),
                            ("confirmed", "Confirmed"),
                            ("document", "Document"),
                        ],
                        max_length=20,
                        verbose_name="how sure",
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="written down")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="wallet_shares", to="accounts.account"
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
                    "competitor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wallet_shares",
                        to="competitors.competitor",
                    ),
                ),
            ],
            options={
                "verbose_name": "share of the wallet",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("share__gte", 0), ("share__lte", 1)), name="a_share_is_from_nothing_to_all"
                    )
                ],
                "indexes": [models.Index(fields=["account", "competitor"], name="shares_of_a_wallet")],
            },
        ),
    ]
