"""The manual's page on the command line, written from the commands themselves."""

from collections.abc import Iterator

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption

from touchstone.cli.commands import app

OPENING = """# Command line

Written from the commands by `script/docs`; a test compares. Every command takes `--help`. With `--json` it
prints one JSON document on standard output and nothing else; messages go to standard error.

| exit code | means |
|--:|---|
| 0 | done |
| 1 | the answer is no, or something needs attention |
| 2 | the input cannot be used: one line says which file, where, what is wrong and what to do |
"""


def page() -> str:
    """The whole page, as Markdown."""
    root = typer.Context(typer.main.get_command(app), info_name="touchstone")
    return OPENING + "".join(map(_section, _commands(root)))


def _commands(context: typer.Context) -> Iterator[typer.Context]:
    """Every command that does something, depth first in the order of the help page."""
    command = context.command
    if not isinstance(command, TyperGroup):
        yield context
        return
    for name, inner in command.commands.items():
        yield from _commands(typer.Context(inner, info_name=name, parent=context))


def _section(context: typer.Context) -> str:
    parameters = [
        p for p in context.command.get_params(context) if isinstance(p, TyperArgument | TyperOption)
    ]
    rows = "".join(f"| `{_name(p)}` | {p.help or ''} |\n" for p in parameters if p.name != "help")
    table = f"\n| | |\n|---|---|\n{rows}" if rows else ""
    text, _, example = (context.command.help or "").partition("Example:")
    return f"\n## {context.command_path}\n\n{text.strip()}\n{table}\n```bash\n{example.strip()}\n```\n"


def _name(parameter: TyperArgument | TyperOption) -> str:
    if isinstance(parameter, TyperOption):
        return ", ".join(parameter.opts)
    return parameter.metavar or (parameter.name or "").upper()


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201  (this is the page)
