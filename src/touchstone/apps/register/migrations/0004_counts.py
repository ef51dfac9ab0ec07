"""How many organisations the register has on a day, kept. The rows come from the register: see apps.py."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0003_spans'),
    ]

    operations = [
        migrations.CreateModel(
            name='RegisterGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('headline', models.BooleanField()),
                ('level', models.CharField(max_length=10)),
                ('country', models.CharField(max_length=2)),
                ('portfolio', models.CharField(max_length=60)),
                ('standing', models.CharField(max_length=20)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('country', 'portfolio', 'level', 'standing', 'headline'), name='one_group_once')],
            },
        ),
        migrations.CreateModel(
            name='RegisterCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts', models.DateField()),
                ('number', models.IntegerField()),
                ('group', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.DO_NOTHING, to='register.registergroup')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('group', 'starts'), name='one_count_a_day')],
            },
        ),
    ]
