from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0005_report_language_and_record_before'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='meeting',
            field=models.CharField(blank=True, choices=[('on_site', 'On site'), ('video', 'By video')], max_length=10, verbose_name='how the interview was held'),
        ),
    ]
