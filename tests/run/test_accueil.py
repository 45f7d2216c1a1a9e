"""The tab `Accueil`: its rows, and the banner that tells whether the robot still synchronises."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from eig_sheets.run import accueil
from eig_sheets.run.accueil import HomeLines, Indicator, Pending, Urgency
from eig_sheets.spreadsheet.model.cells import Formula, Link, parse_a1
from eig_sheets.spreadsheet.model.sheet import Owner, Sheet
from eig_sheets.text.french import typographic
from eig_sheets.workbook import journal
from tests.run.tables import by_header

NOW = datetime(2021, 4, 30, 9)
BLANK = Sheet("accueil", "Accueil", Owner.ROBOT, accueil.TABLE.sheet_columns, banner=("Notes fictives",))
PLACE = Link("Candidatures!T4", "Candidatures", "T4")
WAITING = Pending("Camille", "2 fiches à lire", 2, Urgency.TO_DO, PLACE, "Lien : voir la fiche")
INDICATORS = (Indicator("Candidatures", "Dossiers : reçus", 12, 0.5, 1000.5, NOW, "dont 2 : tardifs"),)
OTHERS = (Indicator(accueil.OTHER_TABS, "Ce qui est parti", link=Link("Envois", "Envois", "A1")),)
BLANK_ROW = dict.fromkeys(accueil.TABLE.sheet_headers)


def _newest(*, failed: bool) -> journal.NewestLine:
    result = journal.FAILED if failed else journal.DONE
    rows = journal.rows([journal.line(NOW, result, "Un onglet est introuvable.", "Rendez-lui son nom.")])
    return journal.newest_line(
        Sheet("journal", "Le journal", Owner.ROBOT, journal.TABLE.sheet_columns, rows, ("Fictif",))
    )


def filled(age: timedelta = timedelta(0), lines: HomeLines | None = None, *, failed: bool = False) -> Sheet:
    lines = lines or HomeLines((WAITING,), INDICATORS, (), OTHERS)
    return accueil.with_status(accueil.filled(BLANK, lines, NOW - age), NOW - age, NOW, _newest(failed=failed))


def test_the_heartbeat_is_first_then_what_waits_then_the_indicators_then_the_other_tabs():
    heartbeat, waiting, indicator, other = by_header(accueil.TABLE.sheet_columns, filled().rows)
    assert (heartbeat["Rubrique"], heartbeat["Quoi"], heartbeat["Date"]) == ("Aujourd’hui", accueil.HEARTBEAT, NOW)
    assert waiting == {
        **BLANK_ROW,
        "Rubrique": "Aujourd’hui",
        "État": "● à faire",
        "Quoi": "2 fiches à lire",
        "Nombre": 2,
        "Pour qui": "Camille",
        "Y aller": PLACE,
        "Précision": typographic("Lien : voir la fiche"),
    }
    assert indicator == {
        **BLANK_ROW,
        "Rubrique": "Candidatures",
        "Quoi": typographic("Dossiers : reçus"),
        "Nombre": 12,
        "Avancement": 0.5,
        "Montant": 1000.5,
        "Date": NOW,
        "Précision": typographic("dont 2 : tardifs"),
    }
    assert (other["Rubrique"], other["Y aller"]) == ("Autres onglets", OTHERS[0].link)


def test_nothing_to_do_says_so():
    _, nothing = by_header(accueil.TABLE.sheet_columns, filled(lines=HomeLines()).rows)
    assert (nothing["État"], nothing["Quoi"]) == ("✓ rien", "Rien n’attend personne aujourd’hui")


def test_every_urgency_has_a_sign_of_its_own_a_word_and_a_colour():
    [state] = [column for column in accueil.TABLE.sheet_columns if column.header == "État"]
    assert [value for value, _ in state.tones] == [*Urgency]
    signs, words = zip(*(urgency.value.split(" ", 1) for urgency in Urgency), strict=True)
    assert len({*signs}) == len({*words}) == len(Urgency)


def test_the_banner_s_formula_looks_at_the_newest_line_of_the_journal_and_at_the_date_of_the_heartbeat():
    sheet = filled()
    first_line, status = sheet.banner
    assert first_line == "Notes fictives"
    assert isinstance(status, Formula)
    assert status.text.startswith("IF('Le journal'!B3=\"Échec\",")
    row, column = parse_a1(status.text.partition("NOW()-")[2].partition(">")[0])
    assert sheet.grid()[row - 1][column] == NOW


@pytest.mark.parametrize(("hours", "failed", "said"), [
    (0, False, "Le robot synchronise normalement."), (26, False, "Le robot"), (27, False, "⚠ Aucune synchronisation"),
    (0, True, "⚠ La dernière exécution a échoué"), (27, True, "⚠ La dernière exécution"),
])  # fmt: skip
def test_the_banner_is_red_after_a_failure_and_after_twenty_six_hours(hours, failed, said):
    *_, status = filled(timedelta(hours=hours), failed=failed).banner
    assert isinstance(status, Formula)
    assert str(status.value).startswith(said)
    if not failed:
        assert f'"{status.value}"' in status.text  # what the formula may say itself


def test_the_banner_says_what_the_journal_says_of_a_failure():
    *_, status = filled(failed=True).banner
    assert isinstance(status, Formula)
    beginning, said = str(status.value).split("Un onglet", 1)
    assert said == " est introuvable. Rendez-lui son nom."
    assert f"\"{beginning}\"&'Le journal'!C3&\" \"&'Le journal'!D3" in status.text


def test_what_is_not_of_today_nor_a_stage_is_folded():
    sheet = filled(lines=HomeLines((WAITING,), INDICATORS, (accueil.FOLDED,), OTHERS))
    first, last = sheet.folded_rows
    assert (sheet.rows[first - sheet.header_row - 1][0], last - first + 1) == ("Autres onglets", len(OTHERS))
    assert sheet.rows[first - sheet.header_row - 2][2] == accueil.FOLDED.label
