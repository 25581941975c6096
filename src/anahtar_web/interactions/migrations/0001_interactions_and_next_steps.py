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
            name="AccountTouch",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="touch",
                        serialize=False,
                        to="accounts.account",
                    ),
                ),
                ("last_in", models.DateField(null=True)),
                ("last_out", models.DateField(null=True)),
                ("last_any", models.DateField(null=True)),
                ("last_visit", models.DateField(null=True)),
                ("next_on", models.DateField(null=True)),
                ("recount_on", models.DateField(db_index=True, null=True)),
                ("all_last_in", models.DateField(null=True)),
                ("all_last_out", models.DateField(null=True)),
                ("all_last_any", models.DateField(db_index=True, null=True)),
                ("all_last_visit", models.DateField(null=True)),
                ("all_next_on", models.DateField(db_index=True, null=True)),
                (
                    "all_next_owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "next_owner",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "touch of an account",
            },
        ),
        migrations.CreateModel(
            name="Interaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("meeting", "Meeting"),
                            ("call", "Call"),
                            ("mail", "Mail"),
                            ("visit", "Visit"),
                            ("event", "Event"),
                            ("letter", "Letter"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("in", "from them"), ("out", "from us"), ("both", "both ways")],
                        max_length=5,
                        verbose_name="direction",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="begins")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="ends")),
                ("last_day", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("subject", models.CharField(max_length=300, verbose_name="subject")),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
                ("is_plain", models.BooleanField(default=False)),
                ("business", models.CharField(blank=True, max_length=200, verbose_name="direction of business")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("typed", "typed"),
                            ("eml", "a mail file"),
                            ("mbox", "a mailbox file"),
                            ("ics", "a calendar file"),
                            ("imap", "the mail folder"),
                        ],
                        default="typed",
                        max_length=10,
                        verbose_name="source",
                    ),
                ),
                ("source_key", models.CharField(blank=True, max_length=300)),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="written down")),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                ("deleted_at", models.DateTimeField(null=True)),
                ("delete_reason", models.TextField(blank=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="interactions", to="accounts.account"
                    ),
                ),
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
                (
                    "deleted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "interaction",
                "verbose_name_plural": "interactions",
                "indexes": [
                    models.Index(fields=["account", "deleted_at", "day", "id"], name="interactions_of_an_account"),
                    models.Index(fields=["day", "id"], name="interactions_by_day"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("source_key", ""), _negated=True),
                        fields=("account", "source_key"),
                        name="an_account_has_a_message_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("subject", ""), _negated=True), name="an_interaction_has_a_subject"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at", None),
                            models.Q(("ends_at__gte", models.F("starts_at")), ("starts_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_interaction_ends_after_it_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_day", None), ("last_day__gt", models.F("day")), _connector="OR"),
                        name="a_last_day_is_another_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("deleted_at", None),
                            models.Q(("deleted_by__isnull", False), models.Q(("delete_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_deleted_interaction_says_by_whom_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EarlierInteraction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("meeting", "Meeting"),
                            ("call", "Call"),
                            ("mail", "Mail"),
                            ("visit", "Visit"),
                            ("event", "Event"),
                            ("letter", "Letter"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "direction",
                    models.CharField(
                        choices=[("in", "from them"), ("out", "from us"), ("both", "both ways")],
                        max_length=5,
                        verbose_name="direction",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="begins")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="ends")),
                ("last_day", models.DateField(blank=True, null=True, verbose_name="last day")),
                ("subject", models.CharField(max_length=300, verbose_name="subject")),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
                ("is_plain", models.BooleanField(default=False)),
                ("business", models.CharField(blank=True, max_length=200, verbose_name="direction of business")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("at", models.DateTimeField()),
                ("until", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "interaction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="earlier",
                        to="interactions.interaction",
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier version of an interaction",
                "constraints": [
                    models.UniqueConstraint(fields=("interaction", "number"), name="an_interaction_has_a_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="NextTouch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=300, verbose_name="next step")),
                ("due_on", models.DateField(verbose_name="on which day")),
                ("is_open", models.BooleanField(default=True)),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="written down")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="next_touches", to="accounts.account"
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
                    "interaction",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="agreed",
                        to="interactions.interaction",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="next_touches",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "next step",
                "verbose_name_plural": "next steps",
                "indexes": [
                    models.Index(fields=["account", "is_open", "due_on"], name="next_steps_of_an_account"),
                    models.Index(fields=["owner", "is_open", "due_on"], name="next_steps_of_a_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="a_next_step_says_what"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(blank=True, db_index=True, max_length=320, verbose_name="address")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                ("removed_at", models.DateTimeField(null=True)),
                (
                    "interaction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="interactions.interaction",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participations",
                        to="stakeholders.stakeholder",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "participant",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("address", ""), ("name", ""), ("stakeholder__isnull", False), ("user", None)),
                            models.Q(("address", ""), ("name", ""), ("stakeholder", None), ("user__isnull", False)),
                            models.Q(("stakeholder", None), ("user", None), models.Q(("address", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_participant_is_one_of_theirs_or_of_ours_or_an_address",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("interaction", "stakeholder"),
                        name="theirs_take_part_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("interaction", "user"),
                        name="ours_take_part_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None), models.Q(("address", ""), _negated=True)),
                        fields=("interaction", "address"),
                        name="an_address_takes_part_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("moved", "moved to another day"),
                            ("done", "done"),
                            ("dropped", "dropped"),
                        ],
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="on which day")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("at", models.DateTimeField(auto_now_add=True)),
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
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "touch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="interactions.nexttouch"
                    ),
                ),
            ],
            options={
                "verbose_name": "what became of a next step",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["moved", "dropped"]), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="what_is_moved_or_dropped_has_a_reason",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Dropped",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("items", models.JSONField(default=list)),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True)),
                (
                    "account",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.account"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "dropped file",
            },
        ),
    ]
