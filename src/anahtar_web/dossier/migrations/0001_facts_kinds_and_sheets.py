import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_accounts_are_searched_in_an_index"),
        ("files", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("stakeholders", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Completeness",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="dossier",
                        serialize=False,
                        to="accounts.account",
                    ),
                ),
                ("reached", models.PositiveIntegerField()),
                ("of", models.PositiveIntegerField()),
                ("share", models.FloatField(db_index=True, null=True)),
                ("missing", models.PositiveIntegerField(default=0)),
                ("stale", models.PositiveIntegerField(default=0)),
                ("changes_on", models.DateField(db_index=True, null=True)),
                ("counted_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "completeness of a dossier",
            },
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40, verbose_name="kind")),
                ("text", models.TextField(blank=True, verbose_name="text")),
                ("detail", models.TextField(blank=True, verbose_name="details")),
                ("locality", models.CharField(blank=True, max_length=200, verbose_name="place")),
                (
                    "number",
                    models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="number"),
                ),
                ("money", models.BigIntegerField(blank=True, null=True, verbose_name="amount")),
                ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                ("day", models.DateField(blank=True, null=True, verbose_name="day")),
                ("flag", models.BooleanField(blank=True, null=True, verbose_name="yes or no")),
                (
                    "grade",
                    models.CharField(
                        choices=[
                            ("rumour", "Rumour"),
                            ("assumed", "Assumed"),
                            ("confirmed", "Confirmed"),
                            ("document", "Document"),
                        ],
                        max_length=10,
                        verbose_name="grade",
                    ),
                ),
                ("known_on", models.DateField(verbose_name="known on")),
                ("source", models.CharField(blank=True, max_length=500, verbose_name="source")),
                ("link", models.URLField(blank=True, max_length=1000, verbose_name="link")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written down")),
                ("retracted_at", models.DateTimeField(null=True)),
                ("retract_reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="facts", to="accounts.account"
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
                    "colleague",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="told by a colleague",
                    ),
                ),
                (
                    "confirms",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="dossier.fact"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="facts",
                        to="files.attachment",
                        verbose_name="document",
                    ),
                ),
                (
                    "retracted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="dossier.fact",
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="facts_said",
                        to="stakeholders.stakeholder",
                        verbose_name="said by",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="superseded",
                        to="dossier.fact",
                    ),
                ),
            ],
            options={
                "verbose_name": "fact",
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        fields=["account", "superseded_by", "retracted_at", "kind"], name="facts_that_may_hold"
                    ),
                    models.Index(fields=["by", "recorded_at"], name="facts_somebody_wrote"),
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind", ""), _negated=True), name="a_fact_is_of_a_kind"),
                    models.CheckConstraint(
                        condition=models.Q(("grade__in", ["rumour", "assumed", "confirmed", "document"])),
                        name="a_fact_has_a_known_grade",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            ("number__isnull", False),
                            ("money__isnull", False),
                            ("day__isnull", False),
                            ("flag__isnull", False),
                            _connector="OR",
                        ),
                        name="a_fact_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("money", None), models.Q(("currency", ""), _negated=True), _connector="OR"),
                        name="an_amount_of_a_fact_has_a_currency",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("retracted_at", None), ("retracted_by", None)),
                            models.Q(
                                ("retracted_at__isnull", False),
                                ("retracted_by__isnull", False),
                                models.Q(("retract_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_fact_is_taken_back_by_somebody_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("superseded_by", models.F("id")), _negated=True),
                        name="a_fact_follows_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Permission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written down")),
                ("ended_at", models.DateTimeField(null=True)),
                ("remove_reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("name", "Name in a list of references"),
                            ("logo", "Logo"),
                            ("quote", "Quotation"),
                            ("story", "Success story"),
                            ("call", "Calls from those interested"),
                            ("visit", "Visits at their site"),
                        ],
                        max_length=10,
                        verbose_name="what",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("allowed", "Allowed"), ("asked", "Asked for"), ("refused", "They refused")],
                        default="allowed",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("uses", models.CharField(blank=True, max_length=500, verbose_name="where we may use it")),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("proof", models.CharField(blank=True, max_length=500, verbose_name="proof")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="permissions", to="accounts.account"
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
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="files.attachment",
                        verbose_name="document",
                    ),
                ),
                (
                    "granted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="permissions_granted",
                        to="stakeholders.stakeholder",
                        verbose_name="granted by",
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="dossier.permission",
                    ),
                ),
            ],
            options={
                "verbose_name": "reference right",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["account", "ended_at"], name="permissions_of_an_account")],
            },
        ),
        migrations.CreateModel(
            name="Postponement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "fact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="postponements", to="dossier.fact"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "postponed fact",
                "indexes": [models.Index(fields=["person", "until"], name="facts_somebody_postponed")],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("first_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("times", models.PositiveIntegerField(default=1)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="readings", to="accounts.account"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "reading of a dossier",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "person", "day"), name="a_reader_of_a_dossier_is_noted_once_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contract",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written down")),
                ("ended_at", models.DateTimeField(null=True)),
                ("remove_reason", models.TextField(blank=True, verbose_name="reason")),
                ("title", models.CharField(max_length=200, verbose_name="contract")),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="starts on")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="ends on")),
                ("renews", models.BooleanField(default=False, verbose_name="renews itself")),
                ("notice_by", models.DateField(blank=True, null=True, verbose_name="notice by")),
                ("money", models.BigIntegerField(blank=True, null=True, verbose_name="contract value")),
                ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                ("remark", models.TextField(blank=True, verbose_name="remark")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contracts", to="accounts.account"
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
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="files.attachment",
                        verbose_name="document",
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="dossier.contract",
                    ),
                ),
            ],
            options={
                "verbose_name": "contract",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["account", "ended_at"], name="contracts_of_an_account")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="a_contract_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="a_contract_ends_after_it_began",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Definition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                (
                    "area",
                    models.CharField(
                        choices=[
                            ("company", "The company"),
                            ("buying", "How it buys"),
                            ("strategy", "Strategy and goals"),
                            ("development", "Development"),
                            ("sites", "Sites and buying centres"),
                            ("surroundings", "Surroundings"),
                            ("swot", "Strengths, weaknesses, opportunities, threats"),
                            ("reputation", "Name and reputation"),
                            ("expertise", "Quality and know-how"),
                        ],
                        max_length=20,
                        verbose_name="area",
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("text", "a line of text"),
                            ("markdown", "a text (Markdown)"),
                            ("list", "a list, one per line"),
                            ("number", "a number"),
                            ("money", "an amount of money"),
                            ("date", "a day"),
                            ("choice", "one of several"),
                            ("yes_no", "yes or no"),
                            ("event", "a day and what happened"),
                            ("site", "a name, a place and what is bought there"),
                        ],
                        max_length=10,
                        verbose_name="what it holds",
                    ),
                ),
                ("name_tr", models.CharField(blank=True, max_length=80, verbose_name="name in Turkish")),
                ("name_en", models.CharField(blank=True, max_length=80, verbose_name="name in English")),
                ("unit", models.CharField(blank=True, max_length=20, verbose_name="unit")),
                ("options", models.TextField(blank=True, verbose_name="choices")),
                ("many", models.BooleanField(default=False, verbose_name="several values")),
                (
                    "shelf_months",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="shelf-life in months"),
                ),
                ("importance", models.JSONField(default=dict, verbose_name="importance")),
                ("place", models.PositiveSmallIntegerField(default=0, verbose_name="place")),
                ("retired", models.BooleanField(default=False, verbose_name="retired")),
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
            ],
            options={
                "verbose_name": "kind of fact",
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("code", "number"), name="a_kind_of_fact_has_a_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("current", True)),
                        fields=("code",),
                        name="one_version_of_a_kind_of_fact_holds",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True), name="a_kind_of_fact_has_a_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shelf_months", None), ("shelf_months__gt", 0), _connector="OR"),
                        name="a_shelf_life_is_a_month_or_more",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Demand",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="written down")),
                ("ended_at", models.DateTimeField(null=True)),
                ("remove_reason", models.TextField(blank=True, verbose_name="reason")),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("quality", "Quality"),
                            ("service", "Service"),
                            ("delivery", "Delivery"),
                            ("product", "Product"),
                            ("papers", "Papers and certificates"),
                            ("other", "Other"),
                        ],
                        default="quality",
                        max_length=10,
                        verbose_name="about",
                    ),
                ),
                ("demand", models.TextField(verbose_name="what they demand")),
                ("since", models.DateField(blank=True, null=True, verbose_name="since")),
                ("answer", models.TextField(blank=True, verbose_name="our answer")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("working", "Being worked on"),
                            ("answered", "Answered"),
                            ("declined", "Declined"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="demands", to="accounts.account"
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
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="files.attachment",
                        verbose_name="document",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demands_owned",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who of us answers",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="demands_raised",
                        to="stakeholders.stakeholder",
                        verbose_name="raised by",
                    ),
                ),
                (
                    "removed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "root",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="dossier.demand",
                    ),
                ),
            ],
            options={
                "verbose_name": "demand",
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["account", "ended_at"], name="demands_of_an_account")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("demand", ""), _negated=True), name="a_demand_says_what"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="an_answered_demand_has_an_answer",
                    ),
                ],
            },
        ),
    ]
