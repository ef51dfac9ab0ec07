"""The manual's page on the command line, written from the commands themselves."""

from collections.abc import Iterator

import click
import typer.main

from touchstone.cli.main import app

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
    root = click.Context(typer.main.get_command(app), info_name="touchstone")
    return OPENING + "".join(map(_section, _commands(root)))


def _commands(context: click.Context) -> Iterator[click.Context]:
    """Every command that does something, depth first in the order of the help page."""
    command = context.command
    if not isinstance(command, click.Group):
        yield context
        return
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        if inner is not None:
            yield from _commands(click.Context(inner, info_name=name, parent=context))


def _section(context: click.Context) -> str:
    parameters = [p for p in context.command.get_params(context) if p.name != "help"]
    rows = "".join(f"| `{_name(p)}` | {getattr(p, 'help', '') or ''} |\n" for p in parameters)
    table = f"\n| | |\n|---|---|\n{rows}" if rows else ""
    text, _, example = (context.command.help or "").partition("Example:")
    return f"\n## {context.command_path}\n\n{text.strip()}\n{table}\n```bash\n{example.strip()}\n```\n"


def _name(parameter: click.Parameter) -> str:
    if isinstance(parameter, click.Argument):
        return parameter.make_metavar(click.Context(click.Command("")))
    return ", ".join(parameter.opts)


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201  (this is the page)
