"""What version 0.1.0 left on people's machines is read: state folders and workbooks that it made, never made again.

Everything goes through the command line, so that no refactoring of the package touches this file.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import click
import openpyxl
import pytest

from eig_sheets.cli import cli
from eig_sheets.text.french import typographic
from tests.kept import services
from tests.kept.commands import ASKED, name_of, said
from tests.kept.services import ENVIRONMENT, Services
from tests.program import Outcome, run
from tests.spreadsheet.xlsx_desk import edit


def is_known(command: Sequence[str]) -> bool:
    """Whether the program has it: a command, or one of a group."""
    name = next((word for word in command if word in cli.commands), None)
    if name is None:
        return False
    found = cli.commands[name]
    return not isinstance(found, click.Group) or not found.commands.keys().isdisjoint(command)


COMMANDS = [
    (name, command)
    for name, commands in ASKED.items()
    for command in commands
    if "sync" not in command and is_known(command)
]
"""But what a sync would write: a later version may have more to show there, and `goes_on` says what it takes up. Those
of a feature that is deleted are not asked any more.
"""
JSON = ("--format", "json")
GONE, LISTED = "BE-a05cea18fe", "BE-e4ced6a7f0"
QUICK = {("ended", "outcomes"), ("ended", "emails"), ("ended", "history")}


def eig(folder: Path, *arguments: str | Path, code: int = 0) -> Outcome:
    done = run("--config", folder / "config" / "campaign.toml", *arguments, env=ENVIRONMENT)
    assert done.code == code, (arguments, done)
    return done


def workbooks(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.xlsx")}


def place_nights(folder: Path) -> None:
    """Have the nights that failed be of the workbook where it is: they alone do not follow one that was moved."""
    with closing(sqlite3.connect(folder / ".eig-sheets" / "nuits.sqlite3")) as base, base:
        for table in ("failed_night", "told"):
            base.execute(f"UPDATE {table} SET workbook = ?", (str(folder / "campagne.xlsx"),))


def addressees(ours: Services) -> list[str]:
    return [one.envelope.rcpt_tos[0] for one in ours.post.arrived]


@pytest.mark.parametrize(
    ("name", "command"),
    [
        pytest.param(name, command, id=f"{name}:{name_of(command)}",
                     marks=() if (name, command[2]) in QUICK else pytest.mark.slow)
        for name, command in COMMANDS
    ],
)  # fmt: skip
def test_a_command_says_what_that_version_said(left, ours, tmp_path, name, command):
    expected = (left / "said" / name / name_of(command)).read_text(encoding="utf-8")
    folder = ours.copied(left / name, tmp_path / name)
    with services.environment_of(folder) as env:
        answers = (_without_places(said(folder, command, env)), _without_places(_as_now(expected)))
        sort = _in_any_order if "register" in command else _with_anomalies_in_any_order
        here, there = map(sort, answers)
        assert here == there


_DOUBTS = re.compile(r"(?<=dont dépend cette réponse\u202f:\n)(?:• [^\n]*\n?)+")
_ENTRY = re.compile(r"  \{\n    \"severity\".*?\n  \}", re.DOTALL)


def _with_anomalies_in_any_order(answer: str) -> tuple[str, list[str], list[str]]:
    """They were listed by cell; those of one code follow each other now. All else stands where it stood."""
    doubts = [line for block in _DOUBTS.findall(typographic(answer)) for line in block.splitlines()]
    rest = _DOUBTS.sub("", typographic(answer))
    return _ENTRY.sub("", rest), sorted(doubts), sorted(_ENTRY.findall(rest))


_KEPT_SINCE = {"retours", "fiche_decision"}
"""What that version did not keep."""


def _in_any_order(answer: str) -> tuple[str, list[dict[str, str]]]:
    """The register: what features keep is listed after what the call does, which names no command of theirs."""
    code, _, entries = answer.partition("\n")
    named = entries.replace("«\u202ffleet sync\u202f»", "plusieurs appels")
    kept = [entry for entry in json.loads(named) if entry["id"] not in _KEPT_SINCE]
    return code, sorted(kept, key=lambda entry: entry["id"])


_IN_THE_STORE = re.compile(
    r'("(?:what|where)"): "(?:(?:cofinancement|grilles|imports|demarche|eliminations|classement)-….json'
    r'|(?:demandes|decisions).sqlite3|[^"]*, dans registres.sqlite3)"'
)


_RENAMED = re.compile(r"À vérifier dans [^\n]* → [^\n]*à renommer dans [^\n]*\n")


_SAID_OTHERWISE = {
    "Gardez une seule évaluation (d’un candidat : une par projet, chacune avec son numéro de dossier)": (
        "Gardez-en une seule, ou corrigez le numéro de dossier d’une autre"
    ),
    "Gardez une seule ligne pour ce numéro": (
        "Si ce sont deux projets, corrigez le numéro de l’un ; si c’est le même, gardez une seule ligne"
    ),
    "Saisissez de nouveau la note": "Mettez la cellule au format nombre, puis saisissez de nouveau la note",
}
"""Sentences of that version, with what is said in their place."""


def _as_now(answer: str) -> str:
    """What that version said, with the sentences that have changed since."""
    for before, after in _SAID_OTHERWISE.items():
        answer = answer.replace(typographic(before), typographic(after))
    return answer


def _without_places(answer: str) -> str:
    """The answer as it was before: files of small logs that later versions keep in one store, keys that have moved."""
    return _IN_THE_STORE.sub(r'\1: "registre"', _RENAMED.sub("", answer))


@pytest.mark.slow
def test_the_archive_has_an_answer_of_each_command(left):
    files = {path.relative_to(left / "said").as_posix() for path in (left / "said").rglob("*") if path.is_file()}
    assert files == {f"{name}/{name_of(command)}" for name, commands in ASKED.items() for command in commands}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "day"), [("jury", "2021-09-16"), ("ended", "2026-12-01")])
def test_a_sync_goes_on_from_there_and_the_next_one_writes_nothing(left, ours, tmp_path, name, day):
    folder = ours.copied(left / name, tmp_path / name)
    place_nights(folder)
    eig(folder, "--today", day, "sync")
    before, arrived = workbooks(folder), addressees(ours)
    assert arrived == (["exploitation@example.org"] if name == "jury" else [])  # that the nights that failed are over
    assert "Rien n’a changé" in eig(folder, "--today", day, "sync").err
    assert (workbooks(folder), addressees(ours)) == (before, arrived)


@pytest.mark.slow
def test_a_sync_of_a_google_sheet_goes_on_from_there_and_then_writes_nothing(online):
    with services.online(online) as (sheets, env):
        folder, sync = ("--config", online / "config" / "campaign.toml"), ("--today", "2021-05-06", "sync")
        for _ in range(3):  # what changed; that a text which was kept otherwise is not any more; nothing
            sheets.script.post([])
            assert run(*folder, *sync, env=env).code == 0
        assert [one.path for one in sheets.script.calls if ":batchUpdate" in one.path] == []


def test_no_e_mail_that_left_or_may_have_left_leaves_again(ended, ours):
    eig(ended, "emails", "send")
    assert addressees(ours) == []


@pytest.mark.slow
def test_what_is_settled_as_not_sent_leaves_once(ended, ours):
    eig(ended, "emails", "settle", "--not-sent", "non_retenu-4512001")
    eig(ended, "emails", "send", "--confirm", "1")
    assert addressees(ours) == ["porteur1@example.org"]
    eig(ended, "emails", "send")
    assert len(addressees(ours)) == 1


@pytest.mark.slow
def test_what_waits_in_a_workbook_leaves_once(jury, ours):
    eig(jury, "requests", "run")
    assert addressees(ours) == []  # its request was not confirmed
    [waiting] = eig(jury, "emails", "send", "--dry-run", *JSON).records
    eig(jury, "emails", "send", "--confirm", "1")
    assert waiting["to"] in addressees(ours)
    arrived = len(ours.post.arrived)
    eig(jury, "emails", "send")
    assert len(ours.post.arrived) == arrived


@pytest.mark.slow
def test_the_service_is_asked_for_what_came_since(jury, ours):
    done = eig(jury, "--today", "2021-09-16", "import", "--api", "--yes")
    assert "Aucun dossier déjà présent n’a changé." in done.out
    listings = [one["variables"] for one in ours.demarche.requests if one["variables"].get("includeDossiers")]
    assert listings
    assert all(one["after"] for one in listings)


@pytest.mark.slow
def test_the_last_import_of_then_can_be_undone_and_one_that_was_is_as_it_was(jury):
    before = workbooks(jury)
    assert "Démarche n° 12345" in eig(jury, "--today", "2021-09-16", "import", "--undo", "--yes").err
    assert workbooks(jury) == before  # it was undone already
    assert "voeux.csv" in eig(jury, "--today", "2021-09-16", "import", "--undo", "--kind", "wishes", "--yes").err


@pytest.mark.slow
def test_what_was_received_waits_though_its_tab_is_gone(jury):
    workbook = jury / "campagne.xlsx"
    edit(workbook, "delete_tab", tab="Modifications reçues")
    eig(jury, "--today", "2021-09-16", "sync")
    rows = openpyxl.load_workbook(workbook)["Modifications reçues"].iter_rows(values_only=True)
    assert "porteur.boussole@exemple.invalid" in {value for row in rows for value in row}


@pytest.mark.slow
def test_an_elimination_goes_on_from_its_list(ended):
    visa = ("--visa", "AD-13", "--visa-date", "2026-12-01", "--confirm", "1")
    verified = eig(ended, "archives", "verify", *JSON).out
    eig(ended, "archives", "erase", GONE, *visa, code=1)
    eig(ended, "archives", "erase", LISTED, *visa)
    eig(ended, "archives", "erase", LISTED, *visa, code=1)
    assert eig(ended, "archives", "verify", *JSON).out == verified


@pytest.mark.slow
def test_each_run_is_computed_again_and_given_back(ended, jury):
    for folder in (ended, jury):
        runs = [one["run"] for one in eig(folder, "history", *JSON).records]
        assert len(runs) > 2
        for run_ in runs:
            eig(folder, "history", "verify", str(run_), *JSON)
    for tab in ("Classement", "Jury", "Envois"):
        eig(ended, "restore", tab, "--run", "1")


@pytest.mark.slow
def test_what_was_handed_over_is_not_handed_over_anew(jury):
    def version() -> int:
        return len(eig(jury, "cofinancing", "--versions", *JSON).records)

    before = version()
    eig(jury, "--today", "2021-05-07", "cofinancing", "--to", jury / "a.csv")
    eig(jury, "--today", "2021-05-07", "cofinancing", "--to", jury / "b.csv")
    assert (before, version()) == (2, 2)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["jury", "ended"])
def test_the_machine_that_has_it_goes_on(left, ours, tmp_path, name):
    folder = ours.copied(left / name, tmp_path / name)
    listed = eig(folder, "--today", "2026-12-01", "emails", "list", *JSON).out
    eig(folder, "state", "adopt")
    assert eig(folder, "--today", "2026-12-01", "emails", "list", *JSON).out == listed
