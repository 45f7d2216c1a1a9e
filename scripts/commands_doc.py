"""The tables of commands of docs/commandes.fr.md, from the command line itself: `--write`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from eig_sheets.cli import cli
from eig_sheets.text.french import typographic

PAGE = Path(__file__).parent.parent / "docs" / "commandes.fr.md"
START, END = "<!-- commands -->\n", "<!-- end of commands -->\n"


def table() -> str:
    """Markdown: each command with its arguments and its first sentence; the advanced ones in a table of their own."""
    program = click.Context(cli, info_name="eig-sheets", **cli.context_settings)
    everyday = {name: command for name, command in cli.commands.items() if name not in cli.advanced}
    advanced = {name: command for name, command in cli.commands.items() if name in cli.advanced}
    return f"{_table('commande', everyday, program)}\n{_table('commande avancée', advanced, program)}"


def _table(title: str, found: Mapping[str, click.Command], program: click.Context) -> str:
    lines = [f"| {title} | ce qu’elle fait |", "|---|---|"]
    escaped = ((usage.replace("|", r"\|"), typographic(summary)) for usage, summary in commands(found, program))
    lines += [f"| `{usage}` | {summary} |" for usage, summary in escaped]
    return "\n".join(lines) + "\n"


def commands(found: Mapping[str, click.Command], parent: click.Context) -> Iterator[tuple[str, str]]:
    """Usage and first sentence of every command, those of sub-groups included."""
    for name, command in found.items():
        context = click.Context(command, info_name=name, parent=parent)
        if isinstance(command, click.Group):
            yield from commands(command.commands, context)
        else:
            pieces = [piece for piece in command.collect_usage_pieces(context) if piece != "[OPTIONS]"]
            yield " ".join([context.command_path, *pieces]), first_sentence(command)


def first_sentence(command: click.Command) -> str:
    """The first paragraph of its help."""
    return " ".join((command.help or "").partition("\n\n")[0].split())


def with_table(text: str) -> str:
    """The page with its tables as they should be."""
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}{table()}{END}{after}"


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    if "--write" in sys.argv:
        PAGE.write_text(with_table(text), encoding="utf-8")
    elif with_table(text) != text:
        sys.exit("docs/commandes.fr.md: run python scripts/commands_doc.py --write")
