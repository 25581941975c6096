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
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("query", models.CharField(blank=True, max_length=2000, verbose_name="filter")),
                ("label", models.CharField(blank=True, max_length=400)),
                ("workbook", models.BooleanField(default=False, verbose_name="with the workbook")),
                ("origin", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="since")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="monthly_reports",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "monthly report",
                "verbose_name_plural": "monthly reports",
                "constraints": [
                    models.UniqueConstraint(fields=("person", "query"), name="a_person_gets_a_report_of_a_filter_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("tried_at", models.DateTimeField(null=True)),
                ("handed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="reports.subscription",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail of a monthly report",
                "constraints": [
                    models.UniqueConstraint(fields=("subscription", "month"), name="a_report_is_mailed_once_a_month"),
                    models.CheckConstraint(
                        condition=models.Q(("sent_at", None), ("handed_at__isnull", False), _connector="OR"),
                        name="what_was_sent_was_handed_over",
                    ),
                ],
            },
        ),
    ]
