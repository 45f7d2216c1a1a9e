"""Help pages: French, whole, and as quick as Click's own."""

import re
import subprocess
import sys

import click
import pytest

from eig_sheets import __version__
from eig_sheets.cli import cli
from tests.program import ROOT, eig, environment

pytestmark = pytest.mark.newest

ENGLISH = ("Usage", "Options:", "Commands:", "Show", "default:", "required", "COMMAND", "[ARGS]", "x>", "<x", "x<")
HEAVY = {"pandas", "numpy", "pydantic", "python_calamine", "jinja2", "rich", "filelock", "openpyxl"}


def commands(group=cli, path=()):
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize("path", [(), *commands()], ids=lambda path: " ".join(path) or "eig-sheets")
def test_every_page_is_french(path):
    done = eig(*path, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Utilisation\u202f: eig-sheets")
    text = done.out.replace("COMMANDE", "")
    assert [word for word in ENGLISH if word in text] == []
    assert "-h, --help" in done.out
    assert not re.search(r"\.\.\.\s*$", done.out.replace("[ARGUMENTS]...", ""), re.MULTILINE)
    assert not re.search(r"\w [:;?!»]", done.out)
    assert max(map(len, done.out.splitlines())) <= 100
    assert eig(*path, "-h").out == done.out


def test_every_command_and_option_says_what_it_is():
    assert len([*commands()]) == 18
    for path in commands():
        command = cli
        for name in path:
            command = command.commands[name]
        assert command.help
        assert command.help.partition("\n\n")[0].endswith(".")
        assert [option.name for option in command.params if isinstance(option, click.Option) and not option.help] == []


def test_commands_stand_in_the_order_of_a_campaign():
    shown = re.findall(r"^  ([a-z]+)  ", eig("--help").out.partition("Commandes")[2], re.MULTILINE)
    assert shown == [
        "demo",
        "init",
        "import",
        "check",
        "sync",
        "rank",
        "cofinancing",
        "report",
        "emails",
        "pull",
        "state",
    ]


def test_version():
    assert eig("--version").out == f"eig-sheets {__version__}\n"


@pytest.mark.parametrize("arguments", [["--help"], ["rank", "--help"], ["rank", "--format", "xml"], ["--version"]])
def test_nothing_heavy_is_imported(arguments):
    program = f"import sys; sys.argv = ['eig-sheets', *{arguments!r}]\nfrom eig_sheets.cli import main\n"
    program += "try: main()\nfinally: print(*sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", env=environment(), cwd=ROOT, check=False
    )
    loaded = {name.partition(".")[0] for name in done.stderr.splitlines()[-1].split()}
    assert "click" in loaded
    assert loaded & HEAVY == set()
