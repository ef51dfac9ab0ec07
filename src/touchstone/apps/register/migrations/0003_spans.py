"""The register as stretches of days, and what it is searched by. The rows come from the ledger: see apps.py."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

COMPARED = [
    ("register_registerspan", "organisation", 120),
    ("register_registerspan", "folded", 250),
    ("register_registername", "folded", 250),
    ("register_registerword", "word", 40),
    ("register_registerspelling", "variant", 40),
    ("register_registerspelling", "word", 40),
    ("register_registersuccession", "organisation", 120),
    ("register_registersuccession", "successor", 120),
]


def compare_letters(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Let PostgreSQL compare folded texts letter by letter, as SQLite does.

    Beginnings of words are found by "from here to there", which the rules of a language upset, and names come
    in the same order in both. A later migration that alters these columns must do so again.
    """
    if schema_editor.connection.vendor == "postgresql":
        for table, column, length in COMPARED:
            schema_editor.execute(
                f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar({length}) COLLATE "C"', params=None
            )


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0002_ledger'),
    ]

    operations = [
        migrations.CreateModel(
            name='RegisterName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('folded', models.CharField(max_length=250)),
                ('first_entry', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='RegisterSpan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.CharField(max_length=120)),
                ('first_entry', models.PositiveIntegerField()),
                ('level', models.CharField(max_length=10, verbose_name='level')),
                ('headline', models.BooleanField()),
                ('standing', models.CharField(max_length=20, verbose_name='standing')),
                ('starts', models.DateField()),
                ('ends', models.DateField()),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_until', models.DateField(verbose_name='valid until')),
                ('renewable_until', models.DateField(verbose_name='renewable until')),
                ('name', models.TextField(verbose_name='name')),
                ('folded', models.CharField(max_length=250)),
                ('former_names', models.JSONField(default=list)),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('portfolio', models.CharField(max_length=60, verbose_name='comparative portfolio')),
                ('website', models.TextField(blank=True, verbose_name='website')),
                ('host', models.TextField(blank=True, verbose_name='host')),
                ('first_labelled_on', models.DateField(verbose_name='first labelled on')),
                ('grant', models.PositiveIntegerField()),
                ('entry', models.PositiveIntegerField()),
                ('successors', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'register span',
                'verbose_name_plural': 'register spans',
                'ordering': ['folded', 'organisation', 'starts', 'level'],
            },
        ),
        migrations.CreateModel(
            name='RegisterSpelling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('variant', models.CharField(max_length=40)),
                ('word', models.CharField(max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name='RegisterSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.CharField(max_length=120)),
                ('successor', models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name='RegisterWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=40)),
                ('first_entry', models.PositiveIntegerField()),
            ],
        ),
        migrations.DeleteModel(
            name='RegisterRow',
        ),
        migrations.AddIndex(
            model_name='registername',
            index=models.Index(fields=['first_entry'], name='register_names_of_one'),
        ),
        migrations.AddConstraint(
            model_name='registername',
            constraint=models.UniqueConstraint(fields=('folded', 'first_entry'), name='one_name_once'),
        ),
        migrations.AddIndex(
            model_name='registerspan',
            index=models.Index(fields=['first_entry', 'ends', 'starts', 'headline', 'standing', 'country', 'portfolio', 'valid_until'], name='spans_of_one'),
        ),
        migrations.AddIndex(
            model_name='registerspan',
            index=models.Index(fields=['level', 'folded', 'organisation', 'starts', 'ends', 'first_entry', 'standing', 'country', 'portfolio', 'valid_until'], name='spans_by_level'),
        ),
        migrations.AddIndex(
            model_name='registerspan',
            index=models.Index(condition=models.Q(('headline', True)), fields=['ends', 'starts', 'first_entry', 'standing', 'country', 'portfolio', 'valid_until'], name='headlines_by_day'),
        ),
        migrations.AddIndex(
            model_name='registerspan',
            index=models.Index(condition=models.Q(('headline', True)), fields=['folded', 'organisation', 'starts', 'ends', 'first_entry', 'standing', 'country', 'portfolio', 'valid_until'], name='headlines_by_name'),
        ),
        migrations.AddIndex(
            model_name='registerspan',
            index=models.Index(condition=models.Q(('headline', True)), fields=['country', 'folded', 'organisation', 'starts', 'ends', 'standing', 'portfolio', 'valid_until'], name='headlines_by_country'),
        ),
        migrations.AddIndex(
            model_name='registerspan',
            index=models.Index(condition=models.Q(('headline', True)), fields=['portfolio', 'folded', 'organisation', 'starts', 'ends', 'standing', 'country', 'valid_until'], name='headlines_by_portfolio'),
        ),
        migrations.AddIndex(
            model_name='registerspan',
            index=models.Index(condition=models.Q(('headline', True)), fields=['valid_until', 'folded', 'organisation', 'starts', 'ends', 'standing', 'country', 'portfolio'], name='headlines_by_until'),
        ),
        migrations.AddConstraint(
            model_name='registerspan',
            constraint=models.UniqueConstraint(fields=('organisation', 'level', 'starts'), name='one_span_a_level'),
        ),
        migrations.AddIndex(
            model_name='registerspelling',
            index=models.Index(fields=['word'], name='register_spellings_of_one'),
        ),
        migrations.AddConstraint(
            model_name='registerspelling',
            constraint=models.UniqueConstraint(fields=('variant', 'word'), name='one_spelling_once'),
        ),
        migrations.AddIndex(
            model_name='registersuccession',
            index=models.Index(fields=['organisation'], name='register_successions_of_one'),
        ),
        migrations.AddConstraint(
            model_name='registersuccession',
            constraint=models.UniqueConstraint(fields=('successor', 'organisation'), name='one_succession_once'),
        ),
        migrations.AddIndex(
            model_name='registerword',
            index=models.Index(fields=['first_entry', 'word'], name='register_words_of_one'),
        ),
        migrations.AddConstraint(
            model_name='registerword',
            constraint=models.UniqueConstraint(fields=('word', 'first_entry'), name='one_word_once'),
        ),
        migrations.RunPython(compare_letters, migrations.RunPython.noop),
    ]
