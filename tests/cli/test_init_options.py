"""A command of a feature that `init` runs instead, once one of its parameters is given."""

import click
import pytest
from click.testing import CliRunner

from eig_sheets.cli.command import WritingCommand
from eig_sheets.cli.feature_commands import ProgramGroup
from eig_sheets.cli.shared_commands import SharedWritingCommand
from eig_sheets.registry import AddedCommand, Command, Feature, Features


@click.command("init", cls=WritingCommand, help="Avec --plant, plante un jardin.")
@click.argument("place", metavar="[LIEU]", required=False)
@click.option("--plant", help="Quoi.")
def garden(place, plant, dry_run, form):
    click.echo(f"garden: {plant}, {place}, {dry_run}, {form}")


GARDENS = Feature(
    id="gardens",
    title="les jardins",
    page="",
    added=(AddedCommand("init", "tests.cli.test_init_options:garden"),),
)
OTHERS = Feature(id="others", title="les autres", page="")


@click.command(cls=SharedWritingCommand, path="init", features=Features((OTHERS, GARDENS)))
def init(dry_run, form):
    """Crée ce qui manque."""
    click.echo(f"init: {dry_run}, {form}")


@pytest.fixture
def told(tmp_path):
    """What the program says, with or without the feature."""

    def run(*arguments, without=""):
        path = tmp_path / "campaign.toml"
        path.write_text(f"[features]\nwithout = [{without}]\n", encoding="utf-8")
        entries = [Command("init", "Crée ce qui manque.", "tests.cli.test_init_options:init")]
        features, options = Features((OTHERS, GARDENS)), [click.Option(["--config"]), click.Option(["--workbook"])]
        program = ProgramGroup("program", of_the_call=entries, features=features, params=options)
        return CliRunner().invoke(program, ["--config", str(path), "init", *arguments]).output.replace("\u202f", " ")

    return run


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "init: False, table\n"),
        (("--dry-run", "--format", "json"), "init: True, json\n"),
        (("--plant", "sauge"), "garden: sauge, None, False, table\n"),
        (("cour", "--dry-run"), "garden: None, cour, True, table\n"),
    ],
)
def test_one_of_the_two_runs(told, arguments, said):
    assert told(*arguments) == said


def test_the_help_is_that_of_both(told):
    page = told("--help")
    assert "[OPTIONS] [LIEU]" in page
    assert page.index("Crée ce qui manque.") < page.index("Avec --plant") < page.index("--plant TEXT")
    assert page.count("--dry-run") == 1


def test_a_call_without_the_feature_has_no_word_of_it(told):
    page = told("--help", without='"gardens"')
    assert "--dry-run" in page
    assert not any(word in page for word in ("plant", "LIEU"))
    assert told(without='"gardens"') == "init: False, table\n"
    said = told("--plant", "sauge", without='"gardens"')
    assert "« --plant » est une option de « les jardins », dont cet appel se passe." in said
    assert "--plant" in told("--help", without='"others"')
