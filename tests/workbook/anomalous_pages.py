"""Workbooks with anomalies of what jurors' pages say, and all those expected of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from eig_sheets.call.jury.read_pages import NOTHING_KEPT, Kept, ReadPage, Unread
from eig_sheets.call.jury.scored_versions import version_of
from eig_sheets.campaign.reviews import declarations_recues, notes_recues
from eig_sheets.campaign.reviews.versions import Record, Value, Version
from eig_sheets.spreadsheet.model.cells import as_read
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from tests.columns import CRITERIA, EIG5
from tests.workbook.snapshots import DOSSIERS, EVALUATIONS, JURORS, at, book, juror, tabs_with

J, E, N = "Jury", "Évaluations", "Notes reçues"
NOW = datetime(2021, 5, 4, 12)
LABELS = [*EIG5.labels.items()]
Said = tuple[str, Snapshot, tuple[tuple[str, str, str | None], ...], Kept]
"""A name, a workbook, (code, tab, cell) of each anomaly, and what this machine knows of pages."""


def version(name: str = "zoe", numero: str = "101", /, **values: Value) -> Version:
    """What a juror's page says of a dossier, as it is today; 3 everywhere by default."""
    described = next((version_of(row) for row in DOSSIERS if row["numero"] == numero), "")
    said: dict[str, Value] = {**dict.fromkeys(CRITERIA, 3.0), **values}
    return Version(f"{name}@jury.example", numero, said, NOW, NOW, "a.xlsx", "Grille!B12", described)


def notes_tab(*records: Record) -> TabSnapshot:
    """`Notes reçues` as the robot writes it, its headers in row 1."""
    headers = [*notes_recues.table(LABELS).sheet_headers]
    return _tab("notes_recues", N, headers, notes_recues.rows(records, LABELS))


def declarations_tab(*records: Record) -> TabSnapshot:
    """`Déclarations reçues` as the robot writes it."""
    headers = [*declarations_recues.TABLE.sheet_headers]
    return _tab("declarations_recues", "Déclarations reçues", headers, declarations_recues.rows(records))


def _tab(mark: str, name: str, headers: Sequence[str], rows: notes_recues.Rows) -> TabSnapshot:
    cells = [headers, *([as_read(value) for value in row] for row in rows)]
    return TabSnapshot(name, cells, mark=mark)  # type: ignore[arg-type]


def received(*records: Record, evaluations: Sequence[dict] = EVALUATIONS) -> Snapshot:
    """A workbook in which Zoé is a juror too, and whose pages said this."""
    return book(DOSSIERS, [*JURORS, juror("zoe")], evaluations, notes_tab(*records))


def cases() -> Iterator[Said]:
    """All of them."""
    column = {field: index for index, field in enumerate(("numero", "jure", *CRITERIA))}
    first = chr(65 + column[CRITERIA[0]]) + "2"
    yield "notes of a page", received(Record(version())), (), NOTHING_KEPT
    same = Record(version("anna"))
    yield "the same by hand and on a page", received(same), (), NOTHING_KEPT
    before = Record(replace(version(), described="autre"))
    yield "a page of an earlier version", received(before), (("version_anterieure", N, "B2"),), NOTHING_KEPT
    differing = Record(version("anna", **{CRITERIA[1]: 4.0}))
    where = (("note_recue_differente", E, at("evaluations", CRITERIA[1])),)
    yield "something else by hand and on a page", received(differing), where, NOTHING_KEPT
    recused = Record(version("anna", deport="oui", **dict.fromkeys(CRITERIA)))
    where = (("deport_recu_note_saisie", E, at("evaluations", CRITERIA[0])),)
    yield "notes by hand of who steps aside on a page", received(recused), where, NOTHING_KEPT
    doubtful = Record(version("anna", deport="peut-être", **dict.fromkeys(CRITERIA)))
    where = (
        ("oui_non_illisible", N, f"{chr(65 + len(column))}2"),
        ("deport_recu_note_saisie", E, at("evaluations", CRITERIA[0])),
    )
    yield "notes by hand of who steps aside on a page, perhaps", received(doubtful), where, NOTHING_KEPT
    off_scale = Record(version(**{CRITERIA[0]: 9.0}))
    yield "a page off the scale", received(off_scale), (("note_hors_echelle", N, first),), NOTHING_KEPT
    dated = Record(version(**{CRITERIA[0]: "03/05/2021"}))
    yield "a page with a date for a note", received(dated), (("note_en_date", N, first),), NOTHING_KEPT
    rival = Record(version(), rival="b.xlsx, Grille!B12")
    yield "two versions of one moment", received(rival), (("versions_simultanees", N, "B2"),), NOTHING_KEPT
    late = Record(version(), late="b.xlsx, Grille!B12, 06/05/2021 10:00")
    yield "a version that is late", received(late), (("version_tardive", N, "B2"),), NOTHING_KEPT
    unknown = Record(version("personne"))
    yield "a page of nobody in the jury", received(unknown), (("jure_inconnu", N, "B2"),), NOTHING_KEPT
    yield from _edited()
    yield from _declarations()
    unread = (Unread("a.xlsx", "G!B2", "« x » n’est pas une note.", "Corrigez-la."),)
    page = ReadPage("d1", "a.xlsx", NOW, "EIG5", "zoe@jury.example", unread=unread)
    yield "a page that is not understood", received(), (("page_de_jure", N, None),), Kept(present=(page,))
    yield from _in_doubtful_order()


def _in_doubtful_order() -> Iterator[Said]:
    """A page that arrives last and says that it was saved before the one that counts."""
    first = version()
    for name, said, code, column in (
        ("other notes", {CRITERIA[0]: 2.0, CRITERIA[1]: 3.0}, "ordre_incertain", "B"),
        ("a déport", {"deport": "oui"}, "deport_d_ordre_incertain", "H"),
    ):
        before = {"moment": NOW - timedelta(hours=3), "received": NOW + timedelta(days=1), "source": "b.xlsx"}
        last = replace(first, values=said, **before)
        pages = tuple(
            ReadPage(page.source, page.source, page.received, "EIG5", page.juror, versions=(page,))
            for page in (first, last)
        )
        where = ((code, N, f"{column}2"),)
        yield f"a page with a late clock and {name}", received(Record(first)), where, Kept(pages, pages)


def _edited() -> Iterator[Said]:
    notes = notes_tab(Record(version()))
    notes.rows[1][2] = 1.0  # type: ignore[index]
    edited = book(DOSSIERS, [*JURORS, juror("zoe")], EVALUATIONS, notes)
    yield "a line of the robot's that somebody edited", edited, (("note_recue_modifiee", N, "A2"),), NOTHING_KEPT
    known = Kept(records=(Record(version()),))
    yield "the same, where what it said is known", edited, (), known


def _declarations() -> Iterator[Said]:
    def declared(**values: Value) -> TabSnapshot:
        return declarations_tab(Record(Version("zoe@jury.example", "", values, NOW, NOW, "d.xlsx")))

    def workbook(declaration: TabSnapshot, **typed: Value) -> Snapshot:
        jurors = [*JURORS, juror("zoe", **typed)]
        return tabs_with(declaration) if not typed else book(DOSSIERS, jurors, EVALUATIONS, declaration)

    yield "déports declared and not typed", workbook(declared(deports="102"), groupe="A"), (), NOTHING_KEPT
    where = (("declaration_differente", J, at("jury", "deports", 4)),)
    yield "déports declared and others typed", workbook(declared(deports="102"), deports="101"), where, NOTHING_KEPT
    free = declared(disponibilites="04/05/2021 09:00–12:00")
    where = (("declaration_differente", J, at("jury", "disponibilites", 4)),)
    yield "another availability", workbook(free, disponibilites="le 5 mai"), where, NOTHING_KEPT
