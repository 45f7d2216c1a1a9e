"""`demo --example`: a call of its own in a minute, in whose workbook nothing speaks of what it does not have."""

from __future__ import annotations

import re

import docx
import openpyxl
import pytest

from eig_sheets.sample.examples import examples
from tests.program import Campaign, eig

NAMES = [example.name for example in examples()]
FILES = {"fondation": "demandes.xlsx", "prix": "prix.xlsx"}
DAYS = {"fondation": "2025-05-21", "prix": "2026-03-17"}
OF_ANOTHER_CALL = re.compile(
    r"co-?financ|(?-i:\bEIG\b)|employeur|mentor|ministère|métier|titre 2|convention de portage|recrut|expérimentation"
    r"|créneau|webinaire|jalon|planning|\btalents?\b|\bcandidats?\b|vœux|chaque demande|administration d’accueil",
    re.IGNORECASE,
)
MOST_TABS = 7


@pytest.fixture(scope="module", params=NAMES)
def call(request, tmp_path_factory):
    """The demonstration of an example, made by the command."""
    folder = tmp_path_factory.mktemp("demonstrations") / request.param
    done = eig("demo", "--example", request.param, folder)
    assert done.code == 0, done.err
    return Campaign(folder)


def workbook(call):
    return call.folder / FILES[call.folder.name]


def cells(path):
    """Each text of a workbook, notes of cells included: (tab, cell, text)."""
    for tab in openpyxl.load_workbook(path):
        for cell in (cell for row in tab.iter_rows() for cell in row):
            for text in (cell.value, cell.comment and cell.comment.text):
                if isinstance(text, str):
                    yield tab.title, cell.coordinate, text
        for offered in tab.data_validations.dataValidation:
            for text in (offered.formula1, offered.prompt, offered.error):
                yield tab.title, str(offered.sqref), text or ""


def words_of(minutes):
    document = docx.Document(str(minutes))
    rows = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *rows])


def test_there_is_a_foundation_and_a_prize():
    assert set(FILES) == set(NAMES)


@pytest.mark.slow
def test_nothing_of_its_workbook_speaks_of_what_it_does_not_have(call):
    assert [found for found in cells(workbook(call)) if OF_ANOTHER_CALL.search(found[2])] == []


def test_at_most_seven_tabs_are_seen(call):
    book = openpyxl.load_workbook(workbook(call), read_only=True)
    shown = [tab.title for tab in book if tab.sheet_state == "visible"]
    assert (len(shown) <= MOST_TABS, shown[0]) == (True, "Accueil")


def test_it_is_ranked_and_a_second_run_has_nothing_to_do(call):
    day = ("--today", DAYS[call.folder.name])
    ranked = eig("--config", call.config, *day, "rank", "--format", "json").records
    assert [one["rank"] for one in ranked if one["rank"]] == [
        *range(1, len([one for one in ranked if one["rank"]]) + 1)
    ]
    again = eig("--config", call.config, *day, "sync")
    assert (again.code, "Rien n’a changé" in again.err) == (0, True)


def test_made_again_it_is_only_synchronised_on_its_own_day(call):
    """Whatever example is named: the folder says which call it is."""
    written = (workbook(call)).read_bytes()
    again = eig("demo", call.folder)
    assert (again.code, f"--today {DAYS[call.folder.name]} sync" in again.err) == (0, True)
    assert (workbook(call)).read_bytes() == written


@pytest.mark.slow
def test_its_commands_e_mails_and_page_speak_of_nothing_else(call, tmp_path):
    day = ("--config", call.config, "--today", DAYS[call.folder.name])
    page = tmp_path / "page.html"
    assert eig(*day, "report", "--to", page).code == 0
    text = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    minutes = tmp_path / "minutes.docx"
    assert eig(*day, "report", "--minutes", "--to", minutes).code == 0
    asked = ("select", "emails list", "emails check", "jury status", "check", "rank")
    answers = [eig(*day, *command.split()) for command in asked]
    templates = [path.read_text(encoding="utf-8") for path in (call.folder / "config" / "emails").iterdir()]
    said = [text, words_of(minutes), *templates, *(answer.out + answer.err for answer in answers)]
    commands = eig(*day, "--help").out.partition("Commandes")[2]
    assert [match[0] for each in (*said, commands) for match in OF_ANOTHER_CALL.finditer(each)] == []


@pytest.mark.parametrize("command", ["sync", "import", "restore"])
def test_the_help_of_its_commands_speaks_of_nothing_else(call, command):
    shown, of_eig = (eig(*options, command, "--help").out for options in (("--config", call.config), ()))
    words = re.compile(rf"{OF_ANOTHER_CALL.pattern}|\bcoût", re.IGNORECASE)
    assert (words.search(shown), bool(words.search(of_eig))) == (None, True)


@pytest.mark.slow
def test_these_words_are_those_of_eig(tmp_path):
    """A search that found none in the workbook of EIG would prove nothing."""
    assert eig("demo", tmp_path / "eig").code == 0
    found = {match[0].lower() for _, _, text in cells(tmp_path / "eig" / "campagne.xlsx")
             for match in OF_ANOTHER_CALL.finditer(text)}  # fmt: skip
    assert {"eig", "co-financ", "employeur", "mentor", "métier", "créneau", "convention de portage"} <= found


@pytest.mark.needs("advice")
def test_what_it_turns_off_is_refused_in_a_sentence(call):
    done = eig("--config", call.config, "slots", "list")
    assert (done.code, "dont cet appel se passe" in done.err) == (2, True)


def test_a_name_that_is_none_is_refused():
    done = eig("demo", "--example", "loterie")
    assert done.code == 2
    assert all(name in done.err for name in NAMES)
