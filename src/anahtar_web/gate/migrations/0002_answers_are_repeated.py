from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("gate", "0001_first")]

    operations = [
        migrations.RemoveField(model_name="submission", name="location"),
        migrations.AddField(
            model_name="submission", name="status", field=models.PositiveSmallIntegerField(default=204)
        ),
        migrations.AddField(model_name="submission", name="headers", field=models.JSONField(default=dict)),
        migrations.AddField(model_name="submission", name="body", field=models.TextField(blank=True)),
    ]
