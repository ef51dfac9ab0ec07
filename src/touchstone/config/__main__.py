"""Django's own commands: `python -m touchstone.config db_worker`, `… check --deploy`."""

import sys

from django.core.management import execute_from_command_line

from touchstone.config.startup import prepare

if __name__ == "__main__":
    prepare()
    execute_from_command_line(sys.argv)
