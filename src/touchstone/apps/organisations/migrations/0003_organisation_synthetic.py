from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# What only the note said until now.
NOTE = "An invented organisation of the demonstration."


def mark(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("organisations", "Organisation").objects.filter(note=NOTE).update(synthetic=True)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_organisationlogo")]

    operations = [
        migrations.AddField(
            model_name="organisation",
            name="synthetic",
            field=models.BooleanField(default=False, verbose_name="invented"),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
