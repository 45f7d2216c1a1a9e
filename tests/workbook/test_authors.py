"""Who decided: which cells count, and what becomes of the others."""

from dataclasses import replace
from datetime import datetime

import pytest

from eig_sheets.campaign.reading import read
from eig_sheets.config.load import with_sections
from eig_sheets.emails.outbox.rows import rows_of
from eig_sheets.spreadsheet.model.signing import TAKEN_OVER, AuthorColumn, Signature, digest, is_signed, signature_in
from eig_sheets.storage.last_run import LastKnown
from eig_sheets.workbook.authors import missing_signings
from eig_sheets.workbook.layout import Names
from eig_sheets.workbook.locate import locate
from eig_sheets.workbook.protections import missing_protections
from eig_sheets.workbook.value_codes import NO_AUTHOR
from tests.workbook.signed import ROBOT, WHEN, signed_tab, watched
from tests.workbook.snapshots import EIG5, SCHEMA, dossier, place

ADA, BOB = "ada@example.org", "bob@example.org"
OFFICERS = with_sections(EIG5, {"workbook": {"officers": ("Ada@Example.org",)}})
REFUSED = [dossier("101", decision="Non retenu")]


def dossiers(made, campaign=OFFICERS, known=None):
    reading = read(watched(made), campaign, known=known or LastKnown())
    return reading, reading.tables["candidatures"].frame


def doubted(made, campaign=OFFICERS):
    return [row for row, fields in enumerate(dossiers(made, campaign)[1]["unreadable"]) if "decision" in fields]


@pytest.mark.parametrize("who", [ADA, ADA.upper(), ROBOT])
def test_what_an_officer_or_the_robot_typed_counts(who):
    reading, frame = dossiers(signed_tab("candidatures", REFUSED, "decision", [who]))
    assert [*frame["decision"]] == ["Non retenu"]
    assert all(anomaly.code != NO_AUTHOR.name for anomaly in reading.anomalies)


@pytest.mark.parametrize("who", [BOB, None, f"x{ADA}", "anon@getgrist.com"])
def test_what_another_typed_is_unreadable(who):
    made = signed_tab("candidatures", REFUSED, "decision", [who])
    reading, frame = dossiers(made)
    assert [*frame["decision"]] == [None]
    assert doubted(made) == [0]
    [anomaly] = [each for each in reading.anomalies if each.code == NO_AUTHOR.name]
    assert (who or "sans que Grist dise par qui") in anomaly.message
    assert "un responsable efface la cellule puis la saisit de nouveau" in anomaly.remedy


def test_nothing_is_checked_where_no_officer_is_named():
    assert doubted(signed_tab("candidatures", REFUSED, "decision", [BOB]), EIG5) == []


def test_a_signature_is_of_the_row_as_it_was():
    made = signed_tab("candidatures", REFUSED, "decision", [ADA])
    for field in ("numero", "decision"):
        line = list(made.rows[1])
        line[place("candidatures", field)] = "102" if field == "numero" else "Lauréat"
        assert doubted(replace(made, rows=[made.rows[0], line])) == [0]
    line = list(made.rows[1])
    line[place("candidatures", "projet")] = "Un autre nom"
    assert doubted(replace(made, rows=[made.rows[0], line])) == []


def test_a_column_that_signs_another_than_the_one_that_is_read_answers_for_nothing():
    made = signed_tab("candidatures", REFUSED, "decision", [ADA])
    author = made.authors["decision"]
    moved = AuthorColumn(author.column, (author.signs[0], place("candidatures", "motif")))
    assert doubted(replace(made, authors={"decision": moved})) == [0]


def test_a_blank_cell_says_nothing():
    made = signed_tab("candidatures", [dossier("101")], "decision", [None])
    assert doubted(made) == []
    assert [is_signed(value) for value in (None, False, "", " ", "non", True, 0.0)] == [False] * 4 + [True] * 3


def test_the_last_known_decision_stands():
    known = LastKnown(values={"candidatures": {"101": {"decision": "Liste d’attente"}}})
    reading, frame = dossiers(signed_tab("candidatures", REFUSED, "decision", [BOB]), known=known)
    assert [*frame["decision"]] == ["Liste d’attente"]
    assert len(reading.valid_rows("candidatures")) == 1


def test_a_tick_of_another_approves_nothing():
    row = {"id": "non_retenu-101", "destinataires": "a@example.org", "objet": "x", "message": "y", "valider": True}
    for who, approved in ((ADA, True), (BOB, False)):
        [mail] = rows_of(read(watched(signed_tab("emails", [row], "valider", [who])), OFFICERS))
        assert mail.approved is approved


def test_the_column_is_not_one_of_the_teams():
    made = signed_tab("candidatures", REFUSED, "decision", [ADA])
    layout = locate(watched(made), SCHEMA, Names()).tabs["candidatures"]
    assert layout.unknown_headers == {}
    assert [*layout.programs_columns] == [made.authors["decision"].column]


def test_values_of_before_are_those_to_take_over():
    made = signed_tab("candidatures", [*REFUSED, dossier("102")], "decision", [ADA, None])
    layout = locate(watched(made), SCHEMA, Names()).tabs["candidatures"]
    assert [column.field for column in missing_signings(layout)] == ["preselection"]
    altered = locate(watched(replace(made, authors={})), SCHEMA, Names()).tabs["candidatures"]
    lacking = {column.field: column for column in missing_signings(altered)}
    assert lacking["decision"].rows == (2,)
    assert lacking["decision"].signs == (place("candidatures", "numero"), place("candidatures", "decision"))


@pytest.mark.parametrize("when", [WHEN, TAKEN_OVER])
def test_a_signature_is_read_as_it_is_written(when):
    signature = Signature(ADA, when, digest(["101", "Lauréat"]))
    assert signature_in(str(signature)) == signature


@pytest.mark.parametrize(
    "text", [None, "", ADA, f"{ADA}, {WHEN}", 3.0, f"{ADA}, {WHEN} · xyz", f"a b, {WHEN} · {'0' * 16}"]
)
def test_anything_else_is_no_signature(text):
    assert signature_in(text) is None


def test_digests_tell_neighbours_apart():
    pairs = [("a", "b"), ("ab", ""), ("", "ab"), ("a\x1f", "b"), ('a","', "b"), (True, "b"), (1.0, 2.0)]
    assert len({digest(pair) for pair in pairs}) == len(pairs)
    assert digest([datetime(2026, 12, 1), None, False]) == digest(["2026-12-01 00:00:00", "", ""])


def test_an_altered_column_is_made_again_even_where_no_officer_is_named_any_more():
    altered = watched(replace(signed_tab("candidatures", REFUSED, "decision", [ADA]), authors={}))
    operations = missing_protections(locate(altered, SCHEMA, Names()), altered, ())
    assert [signing.field for operation in operations for signing in operation.signed] == ["decision"]
