"""A campaign read: whatever people typed, wherever; and real .xlsx files with rows hidden, filtered and sorted."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.results import compute
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reading_parts import optional_tabs
from eig_sheets.campaign.results import Results
from eig_sheets.spreadsheet.model.cells import CellError, CellValue, Uncomputed, parse_a1
from eig_sheets.spreadsheet.model.snapshot import Area, Snapshot, TabSnapshot
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from eig_sheets.workbook.anomalies import Severity
from eig_sheets.workbook.fields import Kind, TabSchema
from tests.columns import cell_of
from tests.effort import examples
from tests.workbook.any_cells import CELLS
from tests.workbook.snapshots import (
    CRITERIA,
    DOSSIERS,
    EIG5,
    EVALUATIONS,
    JURORS,
    SCHEMA,
    book,
    dossier,
    evaluation,
    places_of,
    reading,
    tab,
)

UNREADABLE = {
    "cellule_en_erreur", "formule_non_calculee", "cellule_fusionnee", "note_hors_echelle", "note_en_date",
    "note_illisible", "choix_inconnu", "email_invalide", "date_illisible", "date_improbable",
    "annees_improbables", "nombre_illisible", "nombre_en_date",
    "nombre_non_entier", "nombre_negatif", "montant_illisible", "montant_ambigu", "montant_negatif",
    "oui_non_illisible", "numero_en_date", "nombre_improbable", "programme_illisible", "cellules_interverties",
}  # fmt: skip
"""Codes of a cell that was filled and cannot be read."""

VALUES = {
    Kind.EMAIL: "anna@jury.example", Kind.INTEGER: 1.0, Kind.YEARS: 3.0, Kind.AMOUNT: 1000.0, Kind.SCORE: 3.0,
    Kind.DATE: datetime(2021, 4, 8), Kind.DATETIME: datetime(2021, 3, 1, 10), Kind.YES_NO: "oui",
}  # fmt: skip


def any_row(schema: TabSchema, number: str) -> dict[str, CellValue]:
    """A row of a tab whatever it is about: what it asks for is there, and the last of each list of choices."""
    wanted = [field for field in schema.fields if field.required or field.choices]
    return {field.id: field.choices[-1] if field.choices else VALUES.get(field.kind, number) for field in wanted}


ROWS = {
    "candidatures": [*DOSSIERS, dossier("103")],
    "jury": JURORS,
    "evaluations": EVALUATIONS[:4],
    "emails": [{"id": "laureat-101", "modele": "laureat"}],
    **{tab_id: [any_row(SCHEMA.tab(tab_id), number) for number in ("101", "102")] for tab_id in optional_tabs(EIG5)},
}
"""A row of each tab, and more of those that a call cannot do without."""


@st.composite
def anything(draw: st.DrawFn, *, headers_too: bool = False) -> Snapshot:
    """The small campaign with any values in any cells of any tabs, blank rows and rows beyond, and merges."""
    tabs = []
    for tab_id, rows in ROWS.items():
        made = tab(tab_id, [*rows, {}, {}])
        cells = [list(row) for row in made.rows]
        height, width = len(cells), len(cells[0])
        places = st.tuples(st.integers(0 if headers_too else 1, height - 1), st.integers(0, width - 1))
        for row, column in draw(st.lists(places, max_size=6, unique=True)):
            cells[row][column] = draw(CELLS)
        merges = draw(st.lists(st.builds(_area, places, places), max_size=1))
        tabs.append(replace(made, rows=cells, merges=tuple(merges)))
    return Snapshot(tuple(tabs), "1")


def _area(corner: tuple[int, int], opposite: tuple[int, int]) -> Area:
    (top, bottom), (left, right) = sorted((corner[0], opposite[0])), sorted((corner[1], opposite[1]))
    return Area(top + 1, left, bottom + 1, right)


WHAT_IS_REVIEWED = {"evaluations": ("candidatures", "numero"), "evaluations_talents": ("talents", "candidature")}


class TestAnything:
    @pytest.mark.slow
    @settings(max_examples=examples(6, long=120))
    @given(anything())
    def test_is_read_and_computed(self, snapshot: Snapshot):
        read = reading(snapshot)
        results = compute(read)
        assert read.problems == ()
        self.every_unreadable_cell_is_listed_once(read)
        self.kept_rows_have_their_keys_and_scores(read)
        self.rows_are_kept_or_named(read)
        assert sorted(results.of(SCORES).ranking["numero"]) == sorted(read.valid_rows("candidatures")["numero"])

    def every_unreadable_cell_is_listed_once(self, read: Reading):
        listed = Counter((anomaly.tab, anomaly.cell) for anomaly in read.anomalies if anomaly.code in UNREADABLE)
        expected = Counter(
            (table.layout.name, table.layout.cell(field, record["row"]))
            for table in read.tables.values()
            for record in table.frame.to_dict("records")
            for field in record["unreadable"]
        )
        assert listed == expected
        assert set(listed.values()) <= {1}

    def kept_rows_have_their_keys_and_scores(self, read: Reading):
        for table in read.tables.values():
            schema = table.layout.schema
            required = {field.id for field in schema.fields if field.required}
            keys = [field.id for field in schema.fields if field.required and field.kind is not Kind.SCORE]
            keys = [field for field in keys if field != schema.key or not schema.without_key]
            assert table.valid_rows[keys].notna().all(axis=None)
            assert all(required.isdisjoint(fields) for fields in table.valid_rows["unreadable"])
        scores = read.valid_rows("evaluations")[[*CRITERIA]]
        assert ((scores >= 1) & (scores <= 4) | scores.isna()).all(axis=None)
        assert not read.valid_rows("candidatures")["numero"].duplicated().any()
        assert not read.valid_rows("evaluations")[["numero", "jure"]].duplicated().any()

    def rows_are_kept_or_named(self, read: Reading):
        named = {
            (anomaly.tab, parse_a1(anomaly.cell)[0])
            for anomaly in read.anomalies
            if anomaly.cell and anomaly.severity is Severity.BLOCKING
        }
        for tab_id, table in read.tables.items():
            left_out = {(table.layout.name, row) for row in set(table.frame["row"]) - set(table.valid_rows["row"])}
            if tab_id in WHAT_IS_REVIEWED:  # what it is about may be left out: that row is named, and this one waits
                about, key = WHAT_IS_REVIEWED[tab_id]
                waiting = ~table.frame[key].isin(read.valid_rows(about)[key])
                left_out -= {(table.layout.name, row) for row in table.frame.loc[waiting, "row"]}
            assert left_out <= named

    @pytest.mark.slow
    @settings(max_examples=examples(20))
    @given(anything(headers_too=True))
    def test_in_the_headers_too_never_fails(self, snapshot: Snapshot):
        read = reading(snapshot)
        if not read.problems:
            compute(read)
        assert all(problem.severity is Severity.BLOCKING for problem in read.problems)

    @settings(max_examples=examples(30))
    @given(st.lists(st.builds(TabSnapshot, st.sampled_from(["Candidatures", "Jury", "Évaluations", "Classement", "x"]),
                              st.lists(st.lists(CELLS, max_size=4), max_size=4)), max_size=5))  # fmt: skip
    def test_instead_of_a_campaign_is_a_problem_that_is_reported(self, tabs: list[TabSnapshot]):
        assert reading(Snapshot(tuple(tabs))).problems


def results_by_key(results: Results) -> tuple[object, ...]:
    """Every result by key, without addresses."""
    money = results.of(COFINANCING).drop(columns="to_check")
    money["doubtful_recruits"] = [
        tuple(sorted(field for _, field in recruits)) for recruits in money["doubtful_recruits"]
    ]
    frames = [
        results.of(APPLICATIONS).dossiers.drop(columns="row"),
        results.of(APPLICATIONS).eligibility,
        results.of(SCORES).ranking,
        money,
    ]
    by_number = [frame.sort_values("numero").reset_index(drop=True).astype(object) for frame in frames]
    evaluated = results.of(SCORES).evaluated.drop(columns="row").sort_values(["numero", "jure"]).reset_index(drop=True)
    anomalies = sorted(
        # that of several cells bears the dossier of the first of them
        (
            anomaly.code,
            anomaly.tab,
            "" if anomaly.cells else str(anomaly.dossier),
            str(anomaly.severity),
            len(anomaly.cells),
        )
        for anomaly in results.anomalies
    )
    return (*(frame.to_dict("list") for frame in [*by_number, evaluated.astype(object)]), anomalies)


@pytest.mark.slow
@settings(max_examples=examples(8, long=80))
@given(anything(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_addresses_and_nothing_else(snapshot: Snapshot, chance: random.Random):
    tabs = []
    for original in snapshot.tabs:
        header, *rows = original.rows
        chance.shuffle(rows)
        tabs.append(replace(original, rows=[header, *rows], merges=()))
    without_merges = Snapshot(tuple(replace(original, merges=()) for original in snapshot.tabs))
    as_it_was, shuffled = (results_by_key(compute(reading(each))) for each in (without_merges, Snapshot(tuple(tabs))))
    assert repr(as_it_was) == repr(shuffled)


# Real files, made by another program.


def workbook(path: Path, snapshot: Snapshot) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for original in snapshot.tabs:
        sheet = made.create_sheet(original.name)
        for row in original.rows:
            sheet.append(list(row))
    made.save(path)
    return made


def read_back(path: Path) -> Reading:
    return reading(XlsxWorkbook(path, path.parent / "versions").read())


@pytest.fixture
def rows() -> Snapshot:
    dossiers = [dossier(numero) for numero in ("101", "102", "103", "104")]
    return book(dossiers, evaluations=[evaluation(number, "anna") for number in ("101", "102", "103", "104")])


def test_hidden_rows_and_columns_count_like_the_others(tmp_path, rows):
    made = workbook(tmp_path / "campagne.xlsx", rows)
    sheet = made["Candidatures"]
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["A"].hidden = True
    made["Évaluations"].sheet_state = "hidden"
    made.save(tmp_path / "campagne.xlsx")
    read = read_back(tmp_path / "campagne.xlsx")
    assert read.valid_rows("candidatures")["numero"].tolist() == ["101", "102", "103", "104"]
    assert len(read.valid_rows("evaluations")) == 4
    assert read.anomalies == ()


def test_rows_that_a_filter_hides_count_like_the_others(tmp_path, rows):
    made = workbook(tmp_path / "campagne.xlsx", rows)
    sheet = made["Candidatures"]
    sheet.auto_filter.ref = sheet.dimensions
    sheet.auto_filter.add_filter_column(0, ["101"])
    for row in (3, 4, 5):
        sheet.row_dimensions[row].hidden = True
    made.save(tmp_path / "campagne.xlsx")
    assert read_back(tmp_path / "campagne.xlsx").valid_rows("candidatures")["row"].tolist() == [2, 3, 4, 5]


def test_a_sorted_tab_gives_the_same_results(tmp_path, rows):
    before = tmp_path / "avant.xlsx"
    after = tmp_path / "après.xlsx"
    workbook(before, rows)
    header, *cells = rows.tabs[0].rows
    made = workbook(after, Snapshot((replace(rows.tabs[0], rows=[header, *cells[::-1]]), *rows.tabs[1:])))
    sheet = made["Candidatures"]
    sheet.auto_filter.ref = sheet.dimensions
    sheet.auto_filter.add_sort_condition(f"A2:A{sheet.max_row}", descending=True)
    made.save(after)
    as_it_was, sorted_ = (results_by_key(compute(read_back(path))) for path in (before, after))
    assert repr(as_it_was) == repr(sorted_)
    assert read_back(after).valid_rows("candidatures")["numero"].tolist() == ["104", "103", "102", "101"]


def test_formulas_errors_and_merges_of_a_file(tmp_path, rows):
    made = workbook(tmp_path / "campagne.xlsx", rows)
    sheet = made["Évaluations"]
    computed, broken = (cell_of("evaluations", "pertinence", row) for row in (2, 3))
    first, hidden = (cell_of("evaluations", "numero", row) for row in (4, 5))
    sheet[computed], sheet[broken] = "=1+2", "#REF!"
    sheet.merge_cells(f"{first}:{hidden}")
    made.save(tmp_path / "campagne.xlsx")
    read = read_back(tmp_path / "campagne.xlsx")
    assert read.snapshot.tabs[2].value(*parse_a1(computed)) == Uncomputed("1+2")
    assert read.snapshot.tabs[2].value(*parse_a1(broken)) == CellError("#REF!")
    assert sorted(places_of(read.anomalies)) == [
        ("cellule_en_erreur", "Évaluations", broken), ("cellule_fusionnee", "Évaluations", hidden),
        ("formule_non_calculee", "Évaluations", computed),
    ]  # fmt: skip
    assert read.valid_rows("evaluations")["row"].tolist() == [4]


@pytest.mark.parametrize(("value", "score"), [(3.5, 3.5), ("3,5", 3.5), ("NSP", None)])
def test_a_formula_with_its_cached_value_is_its_value(value, score):
    place = (2, 2)
    made = tab("evaluations", [evaluation("101", "anna", value, 3, 3, 3, 3)])
    snapshot = Snapshot((*book().tabs[:2], replace(made, formulas={place: "Z9"})))
    assert places_of(reading(snapshot).anomalies) == []
    (kept,) = reading(snapshot).valid_rows("evaluations")["pertinence"]
    assert kept == score or score is None


def test_row_counts_are_of_what_people_filled():
    read = reading(book([*DOSSIERS, {}, dossier(None)]))
    assert read.row_counts() == {"candidatures": 3, "jury": 3, "evaluations": 6}
    with pytest.raises(KeyError):
        read.valid_rows("parametres")


def test_a_structural_problem_does_not_hide_the_rest():
    snapshot = Snapshot((tab("candidatures", [dossier("101", email_rh="x")]), tab("jury", JURORS)))
    read = reading(snapshot)
    assert [anomaly.code for anomaly in read.problems] == ["onglet_absent"]
    assert [anomaly.code for anomaly in read.anomalies] == ["email_invalide"]


def test_the_schema_follows_the_configuration():
    assert [tab.id for tab in SCHEMA.tabs] == ["candidatures", "jury", "evaluations", "emails", *optional_tabs(EIG5)]
    types = SCHEMA.tab("candidatures").field("type_administration").choices
    assert types == tuple(host.type for host in EIG5.cofinancing.hosts)
