"""How many organisations the register has on a day, kept. The rows come from the register: see apps.py.

Of indexes there is one for each order of a page, which serves the headlines and the rows of a level alike.
"""

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
        migrations.RemoveIndex(
            model_name='registerspan',
            name='spans_of_one',
        ),
        migrations.RemoveIndex(
            model_name='registerspan',
            name='spans_by_level',
        ),
        migrations.RemoveIndex(
            model_name='registerspan',
            name='headlines_by_day',
        ),
        migrations.RemoveIndex(
            model_name='registerspan',
            name='headlines_by_name',
        ),
        migrations.RemoveIndex(
            model_name='registerspan',
            name='headlines_by_country',
        ),
        migrations.RemoveIndex(
            model_name='registerspan',
            name='headlines_by_portfolio',
        ),
        migrations.RemoveIndex(
            model_name='registerspan',
            name='headlines_by_until',
        ),
        migrations.AddIndex(
            model_name='registerspan',
            index=models.Index(fields=['first_entry', 'ends', 'starts', 'headline', 'level', 'standing', 'country', 'portfolio', 'valid_until'], name='spans_of_one'),
        ),
        migrations.AddIndex(
            model_name='registerspan',
            index=models.Index(fields=['folded', 'organisation', 'starts', 'ends', 'headline', 'level', 'first_entry', 'standing', 'country', 'portfolio', 'valid_until'], name='spans_by_name'),
        ),
        migrations.AddIndex(
            model_name='registerspan',
            index=models.Index(fields=['country', 'folded', 'organisation', 'starts', 'ends', 'headline', 'level', 'first_entry', 'standing', 'portfolio', 'valid_until'], name='spans_by_country'),
        ),
        migrations.AddIndex(
            model_name='registerspan',
            index=models.Index(fields=['portfolio', 'folded', 'organisation', 'starts', 'ends', 'headline', 'level', 'first_entry', 'standing', 'country', 'valid_until'], name='spans_by_portfolio'),
        ),
        migrations.AddIndex(
            model_name='registerspan',
            index=models.Index(fields=['valid_until', 'folded', 'organisation', 'starts', 'ends', 'headline', 'level', 'first_entry', 'standing', 'country', 'portfolio'], name='spans_by_valid_until'),
        ),
        migrations.AddIndex(
            model_name='registerspan',
            index=models.Index(condition=models.Q(('headline', True), ('standing', 'valid')), fields=['grant', 'ends', 'starts'], name='headlines_by_grant'),
        ),
    ]
