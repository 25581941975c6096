import django.db.models.deletion
import django.utils.timezone
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
            name="Stakeholder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("search_key", models.CharField(editable=False, max_length=620)),
                ("position", models.CharField(blank=True, max_length=200, verbose_name="position")),
                ("unit", models.CharField(blank=True, max_length=200, verbose_name="unit")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="left the company on")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="written down")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="stakeholders", to="accounts.account"
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
                ("birth_day", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="day of birth")),
                ("birth_month", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="month of birth")),
                ("birth_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of birth")),
                ("influence", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="influence")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("tr", "Turkish"),
                            ("en", "English"),
                            ("de", "German"),
                            ("ru", "Russian"),
                            ("fr", "French"),
                            ("it", "Italian"),
                            ("es", "Spanish"),
                            ("ar", "Arabic"),
                            ("zh", "Chinese"),
                        ],
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                (
                    "legal_ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("legitimate_interest", "Legitimate interest"),
                            ("contract", "Contract"),
                            ("consent", "Consent"),
                            ("legal_obligation", "Legal obligation"),
                            ("made_public", "Made public by the person"),
                        ],
                        max_length=30,
                        verbose_name="legal ground",
                    ),
                ),
                ("more_roles", models.CharField(blank=True, max_length=120, verbose_name="further roles")),
                ("place", models.PositiveIntegerField(default=0, verbose_name="place on the map")),
                ("preferences", models.TextField(blank=True, verbose_name="preferences")),
                ("purpose", models.CharField(blank=True, max_length=300, verbose_name="why we hold it")),
                (
                    "reports_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="stakeholders.stakeholder",
                        verbose_name="reports to",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("initiator", "Initiator"),
                            ("user", "User"),
                            ("influencer", "Influencer"),
                            ("decider", "Decider"),
                            ("approver", "Approver"),
                            ("buyer", "Buyer"),
                            ("gatekeeper", "Gatekeeper"),
                        ],
                        max_length=20,
                        verbose_name="role in the decision",
                    ),
                ),
                (
                    "stance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("champion", "Champion"),
                            ("supporter", "Supporter"),
                            ("neutral", "Neutral"),
                            ("sceptic", "Sceptic"),
                            ("blocker", "Blocker"),
                        ],
                        max_length=20,
                        verbose_name="stance",
                    ),
                ),
                (
                    "stance_grade",
                    models.CharField(
                        blank=True,
                        choices=[("assumed", "Assumed"), ("confirmed", "Confirmed")],
                        max_length=20,
                        verbose_name="how sure",
                    ),
                ),
                ("stance_since", models.DateField(blank=True, null=True, verbose_name="since")),
                ("went_to", models.CharField(blank=True, max_length=200, verbose_name="went to")),
            ],
            options={
                "verbose_name": "stakeholder",
                "verbose_name_plural": "stakeholders",
                "indexes": [models.Index(fields=["account", "left_on"], name="people_of_an_account")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="a_stakeholder_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("position", ""), _negated=True),
                            models.Q(("role", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_stakeholder_has_a_name_or_is_a_named_gap",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reports_to", models.F("id")), _negated=True),
                        name="nobody_reports_to_themselves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("influence", None), models.Q(("influence__gte", 1), ("influence__lte", 5)), _connector="OR"
                        ),
                        name="influence_is_from_one_to_five",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stance", ""), ("stance_grade", "")),
                            models.Q(
                                models.Q(("stance", ""), _negated=True), models.Q(("stance_grade", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="a_stance_says_how_sure_it_is",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("birth_day", None), ("birth_month", None), ("birth_year", None)),
                            models.Q(
                                ("birth_day__isnull", False),
                                ("birth_month__isnull", False),
                                ("birth_day__gte", 1),
                                ("birth_day__lte", 31),
                                ("birth_month__gte", 1),
                                ("birth_month__lte", 12),
                            ),
                            _connector="OR",
                        ),
                        name="a_birthday_has_a_day_and_a_month",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                ["", "initiator", "user", "influencer", "decider", "approver", "buyer", "gatekeeper"],
                            )
                        ),
                        name="a_stakeholder_has_a_known_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stance__in", ["", "champion", "supporter", "neutral", "sceptic", "blocker"])
                        ),
                        name="a_stakeholder_has_a_known_stance",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ContactPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("email", "E-mail"), ("phone", "Phone"), ("web", "Web")],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("value", models.CharField(max_length=320, verbose_name="address")),
                ("key", models.CharField(db_index=True, editable=False, max_length=320)),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_points",
                        to="stakeholders.stakeholder",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "recorded_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="written down"),
                ),
            ],
            options={
                "verbose_name": "address of a stakeholder",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("stakeholder", "kind", "key"), name="a_stakeholder_has_an_address_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("key", ""), _negated=True), name="an_address_is_not_empty"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (0, "do not know each other"),
                            (1, "have met"),
                            (2, "know each other"),
                            (3, "trust each other"),
                            (4, "stand up for each other"),
                        ],
                        null=True,
                        verbose_name="now",
                    ),
                ),
                (
                    "desired",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (0, "do not know each other"),
                            (1, "have met"),
                            (2, "know each other"),
                            (3, "trust each other"),
                            (4, "stand up for each other"),
                        ],
                        null=True,
                        verbose_name="wanted",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
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
                    "colleague",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations",
                        to="stakeholders.stakeholder",
                    ),
                ),
            ],
            options={
                "verbose_name": "relation",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("level", None), ("level__lte", 4), _connector="OR"),
                        name="a_relation_is_of_a_known_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("desired", None), ("desired__lte", 4), _connector="OR"),
                        name="a_wanted_relation_is_of_a_known_level",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)),
                        fields=("stakeholder", "colleague"),
                        name="one_relation_of_a_pair_holds",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StakeholderVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="name")),
                ("position", models.CharField(blank=True, max_length=200, verbose_name="position")),
                ("unit", models.CharField(blank=True, max_length=200, verbose_name="unit")),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("initiator", "Initiator"),
                            ("user", "User"),
                            ("influencer", "Influencer"),
                            ("decider", "Decider"),
                            ("approver", "Approver"),
                            ("buyer", "Buyer"),
                            ("gatekeeper", "Gatekeeper"),
                        ],
                        max_length=20,
                        verbose_name="role in the decision",
                    ),
                ),
                ("more_roles", models.CharField(blank=True, max_length=120, verbose_name="further roles")),
                ("influence", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="influence")),
                (
                    "stance",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("champion", "Champion"),
                            ("supporter", "Supporter"),
                            ("neutral", "Neutral"),
                            ("sceptic", "Sceptic"),
                            ("blocker", "Blocker"),
                        ],
                        max_length=20,
                        verbose_name="stance",
                    ),
                ),
                (
                    "stance_grade",
                    models.CharField(
                        blank=True,
                        choices=[("assumed", "Assumed"), ("confirmed", "Confirmed")],
                        max_length=20,
                        verbose_name="how sure",
                    ),
                ),
                ("stance_since", models.DateField(blank=True, null=True, verbose_name="since")),
                ("preferences", models.TextField(blank=True, verbose_name="preferences")),
                ("birth_day", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="day of birth")),
                ("birth_month", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="month of birth")),
                ("birth_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year of birth")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("tr", "Turkish"),
                            ("en", "English"),
                            ("de", "German"),
                            ("ru", "Russian"),
                            ("fr", "French"),
                            ("it", "Italian"),
                            ("es", "Spanish"),
                            ("ar", "Arabic"),
                            ("zh", "Chinese"),
                        ],
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="left the company on")),
                ("went_to", models.CharField(blank=True, max_length=200, verbose_name="went to")),
                ("purpose", models.CharField(blank=True, max_length=300, verbose_name="why we hold it")),
                (
                    "legal_ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("legitimate_interest", "Legitimate interest"),
                            ("contract", "Contract"),
                            ("consent", "Consent"),
                            ("legal_obligation", "Legal obligation"),
                            ("made_public", "Made public by the person"),
                        ],
                        max_length=30,
                        verbose_name="legal ground",
                    ),
                ),
                ("place", models.PositiveIntegerField(default=0, verbose_name="place on the map")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("recorded_at", models.DateTimeField(db_index=True, verbose_name="written down")),
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
                    "reports_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="stakeholders.stakeholder",
                        verbose_name="reports to",
                    ),
                ),
                (
                    "stakeholder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="stakeholders.stakeholder",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a stakeholder",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("stakeholder", "number"), name="a_stakeholder_has_a_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Tie",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("influence", "Influence"), ("conflict", "Conflict")],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                (
                    "strength",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "weak"), (2, "medium"), (3, "strong")], default=2, verbose_name="strength"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("since", models.DateField(blank=True, null=True, verbose_name="since")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="written down")),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.account"
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
                (
                    "from_one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ties_from",
                        to="stakeholders.stakeholder",
                        verbose_name="from",
                    ),
                ),
                (
                    "to_other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ties_to",
                        to="stakeholders.stakeholder",
                        verbose_name="to",
                    ),
                ),
            ],
            options={
                "verbose_name": "line of influence",
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("strength__gte", 1), ("strength__lte", 3)),
                        name="a_tie_is_of_known_strength",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_one", models.F("to_other")), _negated=True),
                        name="a_tie_is_between_two",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("from_one", "to_other", "kind"),
                        name="a_tie_holds_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_ended_tie_says_by_whom",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="stakeholder",
            name="a_stakeholder_has_a_name",
        ),
        migrations.AlterField(
            model_name="stakeholder",
            name="name",
            field=models.CharField(blank=True, max_length=200, verbose_name="name"),
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="written down")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="decisions_to_make",
                        to="accounts.account",
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
            ],
            options={
                "verbose_name": "decision of an account",
            },
        ),
        migrations.CreateModel(
            name="DecisionVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("name", models.CharField(max_length=200, verbose_name="what is decided")),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("one_signer", "One signer"),
                            ("consensus", "Consensus"),
                            ("majority", "Majority with weights"),
                            ("veto", "Committee with veto"),
                            ("tender_board", "Tender board"),
                        ],
                        max_length=20,
                        verbose_name="rule",
                    ),
                ),
                ("quota", models.PositiveIntegerField(blank=True, null=True, verbose_name="quota")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="expected on")),
                ("note", models.TextField(blank=True, verbose_name="where we know the rule from")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
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
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="stakeholders.decision"
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a decision",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("decision", "number"), name="a_decision_has_a_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)),
                        fields=("decision",),
                        name="one_version_of_a_decision_holds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="a_decision_says_what_is_decided"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quota", None), ("quota__gt", 0), _connector="OR"),
                        name="a_quota_is_above_nothing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("weight", models.PositiveSmallIntegerField(default=1, verbose_name="weight")),
                ("has_veto", models.BooleanField(default=False, verbose_name="veto")),
                ("must_sign", models.BooleanField(default=False, verbose_name="has to sign")),
                (
                    "stakeholder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="seats",
                        to="stakeholders.stakeholder",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seats",
                        to="stakeholders.decisionversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "seat in a decision",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version", "stakeholder"), name="a_person_has_one_seat_in_a_decision"
                    )
                ],
            },
        ),
    ]
