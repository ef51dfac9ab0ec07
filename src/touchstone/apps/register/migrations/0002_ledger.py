"""The daily heads, and triggers that let the ledger be appended to and nothing else."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

FIRST = "0" * 64
ENTRIES, HEADS = "register_ledgerentry", "register_ledgerhead"
ONLY_APPENDED = "the ledger is only ever appended to"
NOT_NEXT = "this does not follow the last one of the ledger"

# SQLite. REPLACE takes a row away without a word to the triggers of DELETE where a hash or a row id is there
# already: hence the look at the hashes before, and at the neighbour and the row ids after an insert.
SQLITE_REFUSES = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{problem}'); END
"""
SQLITE_ENTRY = f"""
CREATE TRIGGER {ENTRIES}_next BEFORE INSERT ON {ENTRIES}
WHEN NEW.number IS NOT COALESCE((SELECT MAX(number) FROM {ENTRIES}), 0) + 1
  OR NEW.previous IS NOT COALESCE((SELECT hash FROM {ENTRIES} ORDER BY number DESC LIMIT 1), '{FIRST}')
  OR EXISTS (SELECT 1 FROM {ENTRIES} WHERE hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, '{NOT_NEXT}'); END
"""
SQLITE_ENTRY_KEPT = f"""
CREATE TRIGGER {ENTRIES}_kept AFTER INSERT ON {ENTRIES}
WHEN NEW.rowid <> (SELECT MAX(rowid) FROM {ENTRIES})
  OR (NEW.number > 1 AND NOT EXISTS (SELECT 1 FROM {ENTRIES} WHERE number = NEW.number - 1))
BEGIN SELECT RAISE(ABORT, '{ONLY_APPENDED}'); END
"""
SQLITE_HEAD = f"""
CREATE TRIGGER {HEADS}_next BEFORE INSERT ON {HEADS}
WHEN NEW.day <= COALESCE((SELECT MAX(day) FROM {HEADS}), '')
  OR NEW.number < COALESCE((SELECT MAX(number) FROM {HEADS}), 0)
  OR NEW.previous IS NOT COALESCE((SELECT hash FROM {HEADS} ORDER BY day DESC LIMIT 1), '{FIRST}')
  OR NEW.entry IS NOT (SELECT hash FROM {ENTRIES} WHERE number = NEW.number)
  OR EXISTS (SELECT 1 FROM {HEADS} WHERE hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, '{NOT_NEXT}'); END
"""
SQLITE_HEAD_KEPT = f"""
CREATE TRIGGER {HEADS}_kept AFTER INSERT ON {HEADS}
WHEN NEW.rowid <> (SELECT MAX(rowid) FROM {HEADS})
  OR (NEW.previous <> '{FIRST}' AND NOT EXISTS (SELECT 1 FROM {HEADS} WHERE hash = NEW.previous))
BEGIN SELECT RAISE(ABORT, '{ONLY_APPENDED}'); END
"""
SQLITE = [
    *(SQLITE_REFUSES.format(table=table, verb=verb, problem=ONLY_APPENDED)
      for table in (ENTRIES, HEADS) for verb in ("update", "delete")),
    SQLITE_ENTRY, SQLITE_ENTRY_KEPT, SQLITE_HEAD, SQLITE_HEAD_KEPT,
]
SQLITE_OFF = [
    f"DROP TRIGGER IF EXISTS {table}_{name}"
    for table in (ENTRIES, HEADS) for name in ("no_update", "no_delete", "next", "kept")
]

# PostgreSQL. Tables are named with their schema, so that nobody's temporary table of the same name is asked.
POSTGRESQL_REFUSES = f"""
CREATE FUNCTION register_ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '{ONLY_APPENDED}' USING ERRCODE = 'integrity_constraint_violation';
END $$
"""
POSTGRESQL_ENTRY = f"""
CREATE FUNCTION {ENTRIES}_next() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last_number bigint; last_hash text;
BEGIN
  EXECUTE format('SELECT number, hash FROM %I.%I ORDER BY number DESC LIMIT 1', TG_TABLE_SCHEMA, TG_TABLE_NAME)
    INTO last_number, last_hash;
  IF NEW.number IS DISTINCT FROM COALESCE(last_number, 0) + 1
    OR NEW.previous IS DISTINCT FROM COALESCE(last_hash, '{FIRST}') THEN
    RAISE EXCEPTION '{NOT_NEXT}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""
POSTGRESQL_HEAD = f"""
CREATE FUNCTION {HEADS}_next() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last_day date; last_number bigint; last_hash text; entry_hash text;
BEGIN
  EXECUTE format('SELECT day, number, hash FROM %I.%I ORDER BY day DESC LIMIT 1', TG_TABLE_SCHEMA, TG_TABLE_NAME)
    INTO last_day, last_number, last_hash;
  EXECUTE format('SELECT hash FROM %I.{ENTRIES} WHERE number = $1', TG_TABLE_SCHEMA)
    INTO entry_hash USING NEW.number;
  IF NEW.day <= last_day OR NEW.number < last_number
    OR NEW.previous IS DISTINCT FROM COALESCE(last_hash, '{FIRST}')
    OR NEW.entry IS DISTINCT FROM entry_hash THEN
    RAISE EXCEPTION '{NOT_NEXT}' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$
"""
# ALWAYS: also where a session has taken the role of a replica, in which triggers rest otherwise.
POSTGRESQL_TRIGGERS = """
CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
  FOR EACH STATEMENT EXECUTE FUNCTION register_ledger_refuses();
CREATE TRIGGER {table}_next BEFORE INSERT ON {table}
  FOR EACH ROW EXECUTE FUNCTION {table}_next();
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_kept;
ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_next;
"""
POSTGRESQL = [
    POSTGRESQL_REFUSES, POSTGRESQL_ENTRY, POSTGRESQL_HEAD,
    *(POSTGRESQL_TRIGGERS.format(table=table) for table in (ENTRIES, HEADS)),
]
POSTGRESQL_OFF = [
    *(f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}"
      for table in (ENTRIES, HEADS) for name in ("kept", "next")),
    *(f"DROP FUNCTION IF EXISTS {name}()"
      for name in ("register_ledger_refuses", f"{ENTRIES}_next", f"{HEADS}_next")),
]


def guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    on = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
    for statement in on[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def unguard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    off = {"sqlite": SQLITE_OFF, "postgresql": POSTGRESQL_OFF}
    for statement in off[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='LedgerHead',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('entry', models.CharField(max_length=64)),
                ('previous', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64, unique=True)),
                ('key', models.CharField(max_length=64)),
                ('signature', models.CharField(max_length=128)),
            ],
            options={
                'verbose_name': 'ledger head',
                'verbose_name_plural': 'ledger heads',
                'ordering': ['day'],
            },
        ),
        migrations.RunPython(guard, unguard, elidable=False),
    ]
