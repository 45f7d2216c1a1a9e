"""Help pages: French, whole, and as quick as Click's own."""

import importlib
import pkgutil
import re
import subprocess
import sys

import click
import pytest

import eig_sheets as package
from eig_sheets import __version__
from eig_sheets.cli import cli
from eig_sheets.text.french import typographic
from tests.program import ROOT, eig, environment

pytestmark = pytest.mark.newest

ENGLISH = ("Usage", "Options:", "Commands:", "Show", "default:", "required", "COMMAND", "[ARGS]", "x>", "<x", "x<")
NAMES = r"^  ([a-z-]+)  "
HEAVY = {"pandas", "numpy", "pydantic", "python_calamine", "jinja2", "rich", "filelock", "openpyxl", "holidays"}


def commands(group=cli, path=()):
    """The names that lead to each command, groups included."""
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


def command_at(path):
    command = cli
    for name in path:
        command = command.commands[name]
    return command


GROUPS = [path for path in ((), *commands()) if isinstance(command_at(path), click.Group)]


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
    for path in commands():
        command = command_at(path)
        assert command.help
        assert command.help.partition("\n\n")[0].endswith(".")
        assert [option.name for option in command.params if isinstance(option, click.Option) and not option.help] == []


def test_every_command_of_the_package_is_joined_to_the_program():
    joined = [cli, *map(command_at, commands())]
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(package.__path__, "eig_sheets.")
        if not module.name.startswith("eig_sheets.features.")
        and (module.name.startswith("eig_sheets.cli.") or module.name.rpartition(".")[2].startswith("commands"))
    ]
    made = [value for module in modules for value in vars(module).values() if isinstance(value, click.Command)]
    assert made
    assert [command.name for command in made if command not in joined] == []


@pytest.mark.parametrize("path", GROUPS, ids=lambda path: " ".join(path) or "eig-sheets")
def test_commands_stand_in_the_order_in_which_they_were_joined(path):
    """That of a campaign, not of the alphabet; the advanced ones come last, under their title."""
    group, page = command_at(path), eig(*path, "--help").out.partition("Commandes\u202f:\n")[2]
    shown, _, advanced = page.partition("\nAvancé\u202f:\n")
    names = [name for name in group.commands if name not in group.advanced]
    assert re.findall(NAMES, shown, re.MULTILINE) == names
    assert re.findall(NAMES, advanced, re.MULTILINE) == [name for name in group.commands if name in group.advanced]
    assert 1 <= len(names) <= 12


def test_a_command_that_is_advanced_works_as_any_other():
    assert cli.advanced
    for name in cli.advanced:
        assert eig(name, "--help").out.startswith(f"Utilisation\u202f: eig-sheets {name}")


def test_version():
    assert eig("--version").out == f"eig-sheets {__version__}\n"


@pytest.mark.parametrize("path", [*commands()], ids=" ".join)
def test_a_command_is_listed_with_its_own_first_sentence(path):
    command = command_at(path)
    assert command.name == path[-1]
    summary = command_at(path[:-1]).deferred.summary(path[-1])
    assert typographic(command.get_short_help_str(limit=200)) == typographic(summary)


def loaded_by(*arguments):
    """The modules that the program has imported once it has answered."""
    program = f"import sys; sys.argv = ['eig-sheets', *{arguments!r}]\nfrom eig_sheets.cli import main\n"
    program += "try: main()\nfinally: print(*sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, encoding="utf-8", env=environment(), cwd=ROOT, check=False
    )
    return {*done.stderr.splitlines()[-1].split()}


@pytest.mark.slow
def test_a_page_of_a_group_imports_none_of_its_commands():
    modules = {command.callback.__module__ for path in commands() if (command := command_at(path)).callback}
    assert loaded_by("--help") & modules == set()
    assert loaded_by("jury", "--help") & modules == set()
    assert loaded_by("check", "--help") & modules == {"eig_sheets.run.commands_check"}


@pytest.mark.parametrize("arguments", [["--help"], ["jury", "--help"], ["jury", "assing"], ["--version"]])
def test_nothing_heavy_is_imported(arguments):
    loaded = {name.partition(".")[0] for name in loaded_by(*arguments)}
    assert "click" in loaded
    assert loaded & HEAVY == set()
