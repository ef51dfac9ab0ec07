"""The commands in one tree, and how each ends: 0 done, 1 no or attention, 2 unusable input."""

import os
import sys
from typing import NoReturn

import typer

from touchstone.cli import (
    assess,
    certificate,
    compare,
    compare_all,
    comparison_set,
    due,
    group,
    keys,
    label,
    ledger,
    peers,
    plan,
    population,
    proof,
    register,
    scheme,
    system,
    verify,
    view,
)
from touchstone.cli.speaking import complain
from touchstone.core.faults import Unusable

STOPPED = 130  # what a shell says of a command that Ctrl-C has ended

app = typer.Typer(
    name="touchstone",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Runs a quality-label scheme for cluster organisations, from the interview to the register.",
)
app.add_typer(scheme.app, name="scheme")
app.add_typer(population.app, name="population")
app.add_typer(peers.app, name="peers")
app.add_typer(assess.app, name="assess")
app.command("compare")(compare.compare)
app.command("compare-all")(compare_all.compare_all)
app.command("plan")(plan.show)
app.command("freeze")(comparison_set.freeze_set)
app.command("view")(view.show)
app.command("group")(group.show)
app.add_typer(register.app, name="register")
app.command("status")(label.status)
app.add_typer(ledger.app, name="ledger")
app.command("certificate")(certificate.certificate)
app.command("verify")(verify.verify)
app.command("proof")(proof.proof)
app.add_typer(keys.app, name="keys")
app.command("demo")(system.demo)
app.command("serve")(system.serve)
app.command("due")(due.due)
app.command("doctor")(system.doctor)


def main() -> NoReturn:
    """Run the command line and leave with its exit code. No traceback reaches a person."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Exit code of one call. `TOUCHSTONE_TRACEBACK=1` lets an error of the program through."""
    try:
        outcome = app(arguments, prog_name="touchstone", standalone_mode=False)
    except Unusable as unusable:
        complain(str(unusable))
    except typer.TyperException as misuse:
        complain(f"{misuse.format_message()} {_where_to_look(misuse)}".strip())
    except (typer.Abort, KeyboardInterrupt):
        return _stopped()
    except BrokenPipeError:
        # The reader of a pipe went away: nothing is wrong. Nothing more may be written either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        place = error.filename or "the computer"
        complain(f"{place}: {error.strerror or error}. Check the path, the rights and the space.")
    except Exception as error:
        if os.environ.get("TOUCHSTONE_TRACEBACK"):
            raise
        complain(
            f"a fault of the program, not of yours: {type(error).__name__}: {error}. "
            "Please report it, with what TOUCHSTONE_TRACEBACK=1 prints."
        )
    else:
        if outcome == STOPPED:  # which is how Typer tells of Ctrl-C
            return _stopped()
        return outcome if isinstance(outcome, int) else 0
    return 2


def _stopped() -> int:
    complain("stopped before the end. What was reported as saved is saved.")
    return STOPPED


def _where_to_look(misuse: typer.TyperException) -> str:
    context = getattr(misuse, "ctx", None)
    return f"See: {context.command_path} --help" if context else ""
