import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0003_accounts_are_searched_in_an_index"),
        ("competitors", "0001_initial"),
        ("files", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Reason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("code", models.CharField(blank=True, max_length=20)),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                ("name_key", models.CharField(editable=False, max_length=120)),
                ("place", models.PositiveSmallIntegerField(default=100, verbose_name="place")),
                ("offered", models.BooleanField(default=True, verbose_name="offered")),
            ],
            options={
                "verbose_name": "reason",
                "verbose_name_plural": "reasons",
                "ordering": ["place", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), ("name", ""), _negated=True), name="a_reason_has_a_name"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        fields=("code",),
                        name="a_reason_is_shipped_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("name_key", ""), _negated=True),
                        fields=("name_key",),
                        name="a_reason_of_a_name_stands_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tender",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("reference", models.CharField(blank=True, max_length=100, verbose_name="reference number")),
                ("direction", models.CharField(blank=True, max_length=120, verbose_name="direction of business")),
                ("search_key", models.CharField(editable=False, max_length=440)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("announced", "Announced"),
                            ("preparing", "Preparing"),
                            ("submitted", "Submitted"),
                            ("negotiation", "Negotiation"),
                            ("decided", "Decided"),
                        ],
                        default="announced",
                        max_length=12,
                        verbose_name="stage",
                    ),
                ),
                ("announced_on", models.DateField(blank=True, null=True, verbose_name="announced on")),
                ("questions_until", models.DateField(blank=True, null=True, verbose_name="questions until")),
                ("deadline", models.DateField(blank=True, null=True, verbose_name="deadline of the offer")),
                ("expected_on", models.DateField(blank=True, null=True, verbose_name="decision expected on")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
                ("currency", models.CharField(blank=True, max_length=3, verbose_name="currency")),
                ("estimate", models.BigIntegerField(blank=True, null=True, verbose_name="estimated value")),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
                ("lessons", models.TextField(blank=True, verbose_name="lessons")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("won", "Won"),
                            ("partly", "Partly won"),
                            ("lost", "Lost"),
                            ("withdrawn", "Withdrawn by us"),
                            ("cancelled", "Cancelled by them"),
                            ("no_bid", "No bid"),
                        ],
                        max_length=10,
                        verbose_name="outcome",
                    ),
                ),
                ("their_words", models.TextField(blank=True, verbose_name="in their words")),
                ("our_words", models.TextField(blank=True, verbose_name="in our words")),
                ("from_file", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField(auto_now_add=True, verbose_name="written down")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tenders", to="accounts.account"
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
                    "our_reason",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenders.reason",
                        verbose_name="our reason",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tenders",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
                (
                    "their_reason",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenders.reason",
                        verbose_name="their reason",
                    ),
                ),
            ],
            options={
                "verbose_name": "tender",
                "verbose_name_plural": "tenders",
                "indexes": [
                    models.Index(fields=["account", "stage"], name="tenders_of_an_account"),
                    models.Index(fields=["stage", "deadline"], name="tenders_by_deadline"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="a_tender_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_on__isnull", False),
                                ("stage", "decided"),
                                models.Q(("outcome", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("stage", "decided"), _negated=True),
                                ("decided_on", None),
                                ("our_reason", None),
                                ("outcome", ""),
                                ("their_reason", None),
                            ),
                            _connector="OR",
                        ),
                        name="a_decided_tender_has_an_outcome_and_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_file", True),
                            ("our_reason__isnull", False),
                            models.Q(("outcome__in", ("lost", "partly")), _negated=True),
                            _connector="OR",
                        ),
                        name="a_lost_tender_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("estimate", None), ("estimate__gte", 0), _connector="OR"),
                        name="an_estimated_value_is_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Record",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("at", models.DateTimeField(db_index=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="records", to="tenders.tender"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("tender", "number"), name="a_version_of_a_tender_is_recorded_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("lots", models.CharField(blank=True, max_length=200, verbose_name="lots")),
                ("price", models.BigIntegerField(blank=True, null=True, verbose_name="price")),
                ("rank", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="rank")),
                ("remark", models.CharField(blank=True, max_length=300, verbose_name="remark")),
                (
                    "competitor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bids",
                        to="competitors.competitor",
                        verbose_name="competitor",
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="participants", to="tenders.tender"
                    ),
                ),
            ],
            options={
                "verbose_name": "participant",
                "ordering": ["rank", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("tender", "competitor"), name="a_competitor_takes_part_once"),
                    models.CheckConstraint(
                        condition=models.Q(("price", None), ("price__gte", 0), _connector="OR"),
                        name="a_price_is_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="files.attachment"
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="papers", to="tenders.tender"
                    ),
                ),
            ],
            options={
                "verbose_name": "document of a tender",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("tender", "attachment"), name="a_tender_has_a_document_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Lot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="lot")),
                (
                    "quantity",
                    models.DecimalField(
                        blank=True, decimal_places=3, max_digits=18, null=True, verbose_name="quantity"
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=30, verbose_name="unit")),
                ("our_price", models.BigIntegerField(blank=True, null=True, verbose_name="our price")),
                ("rank", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="our rank")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("won", "Won"), ("lost", "Lost"), ("none", "No bid, or not awarded")],
                        max_length=6,
                        verbose_name="outcome",
                    ),
                ),
                (
                    "won_by",
                    models.CharField(
                        blank=True,
                        choices=[("us", "We"), ("competitor", "A competitor"), ("unknown", "Unknown")],
                        max_length=10,
                        verbose_name="won by",
                    ),
                ),
                ("winner_price", models.BigIntegerField(blank=True, null=True, verbose_name="winner’s price")),
                (
                    "winner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lots_won",
                        to="competitors.competitor",
                    ),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lots", to="tenders.tender"
                    ),
                ),
            ],
            options={
                "verbose_name": "lot",
                "ordering": ["place", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("tender", "place"), name="a_lot_has_a_place_of_its_own"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("winner__isnull", False), ("won_by", "competitor")),
                            models.Q(models.Q(("won_by", "competitor"), _negated=True), ("winner", None)),
                            _connector="OR",
                        ),
                        name="a_winner_is_named_where_a_competitor_won",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "won"), ("won_by", "us")),
                            models.Q(
                                models.Q(("outcome", "won"), _negated=True), models.Q(("won_by", "us"), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="a_won_lot_is_ours",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("our_price", None), ("our_price__gte", 0), _connector="OR"),
                            models.Q(("winner_price", None), ("winner_price__gte", 0), _connector="OR"),
                        ),
                        name="prices_of_a_lot_are_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=100, verbose_name="criterion")),
                ("name_key", models.CharField(db_index=True, editable=False, max_length=120)),
                (
                    "weight",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="weight"),
                ),
                (
                    "tender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="criteria", to="tenders.tender"
                    ),
                ),
            ],
            options={
                "verbose_name": "criterion",
                "verbose_name_plural": "criteria",
                "ordering": ["place", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("tender", "name_key"), name="a_tender_has_a_criterion_once"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="a_criterion_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("weight", None), ("weight__gte", 0), _connector="OR"),
                        name="a_weight_is_not_negative",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TenderImport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.CharField(max_length=300, verbose_name="file")),
                ("sha256", models.CharField(db_index=True, max_length=64)),
                ("sheet", models.CharField(blank=True, max_length=300, verbose_name="sheet")),
                ("header", models.JSONField()),
                ("rows", models.JSONField()),
                ("broken", models.JSONField(default=list)),
                ("others", models.JSONField(default=list)),
                ("mapping", models.JSONField(default=dict)),
                ("options", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("opened", "to be checked"), ("imported", "imported"), ("taken_back", "taken back")],
                        default="opened",
                        max_length=10,
                    ),
                ),
                ("made", models.PositiveIntegerField(default=0, verbose_name="tenders made")),
                ("left", models.PositiveIntegerField(default=0, verbose_name="rows left out")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="uploaded")),
                ("version", models.PositiveIntegerField(default=1)),
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
                "verbose_name": "import of tenders",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Brought",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("row", models.PositiveIntegerField()),
                ("key", models.CharField(max_length=64)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="accounts.account"
                    ),
                ),
                (
                    "tender",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="brought", to="tenders.tender"
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="brought", to="tenders.tenderimport"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("account", "key"), name="a_row_makes_one_tender_of_an_account")
                ],
            },
        ),
    ]
