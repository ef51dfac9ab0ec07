from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Sighting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation", models.CharField(max_length=120)),
                ("host", models.CharField(blank=True, max_length=253, verbose_name="host")),
                ("day", models.DateField(db_index=True, verbose_name="day")),
                ("count", models.PositiveIntegerField(verbose_name="requests")),
            ],
            options={
                "verbose_name": "sighting of a badge",
                "verbose_name_plural": "sightings of badges",
                "ordering": ["organisation", "host", "day"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "host", "day"), name="one_sighting_a_day"
                    )
                ],
            },
        ),
    ]
