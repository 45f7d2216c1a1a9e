"""What watches standard error in the whole suite sees what it must, and little is excused."""

import pytest

from eig_sheets.cli import cli
from tests import said_of_people
from tests.program import eig

PERSON = "mentor-07@exemple.invalid"


SAID = (
    f"• {PERSON} n’a pas de page.", "Bonjour Alix Ventadour", f"agenda {PERSON}.ics", "Ambre Lioran porte le projet",
    "réservé par Personne fictive 31",
    pytest.param("Zacharie Octetin est retenu", marks=pytest.mark.needs("talents")),
)  # fmt: skip


@pytest.mark.parametrize("said", SAID)
def test_an_address_and_a_name_are_seen(said):
    with pytest.raises(AssertionError, match="said of people"):
        said_of_people.check(["sync"], "", said)


def test_the_night_s_log_has_both_outputs():
    with pytest.raises(AssertionError, match="said of people"):
        said_of_people.check(["--config", "a", "sync"], PERSON, "")
    said_of_people.check(["sync", "--dry-run"], PERSON, "")  # cells: data, on the terminal of who asks


def test_what_is_no_person_s_and_what_the_command_was_given_is_let_through():
    said_of_people.check(["sync"], "", "contact : eig@data.gouv.fr ; robot@projet.iam.gserviceaccount.com")
    said_of_people.check(["person", "show", PERSON], "", f"Rien de {PERSON}.")


def test_few_commands_are_excused_each_exists_and_the_night_s_is_not():
    assert len(said_of_people.EXCEPTIONS) <= 8
    assert not any("sync" in command for command in said_of_people.EXCEPTIONS)
    for first, *rest in said_of_people.EXCEPTIONS:
        command = cli.commands[first]
        assert all(word.startswith("--") or word in command.commands for word in rest)


def test_every_command_that_tests_run_is_held_against_it():
    with pytest.raises(AssertionError, match="said of people"):
        eig("check", env={"EIG_SHEETS_CONFIG": f"/nulle/part/{PERSON}"})
