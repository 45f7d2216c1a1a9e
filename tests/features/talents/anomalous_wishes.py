"""Workbooks with anomalies of candidates that an import brought, and of the choices that they sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from eig_sheets.features.talents import wishes_tab as voeux_recus
from eig_sheets.features.talents.rules_wishes import Answer, JudgedAnswer, Standing
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from eig_sheets.storage.last_run import NO_RUN, Imports, LastRun, Withdrawal
from tests.workbook.snapshots import JURORS, at, book, dossier, tab

T, V = "Talents", voeux_recus.NAME
Said = tuple[str, Snapshot, tuple[tuple[str, str, str | None], ...], LastRun]
"""A name, a workbook, (code, tab, cell) of each anomaly, and what this machine last did."""
_MAY = datetime(2021, 5, 28, 10)
_ADA = {"candidature": "501", "prenom": "Ada", "nom": "Lovelace", "email": "ada@x.example", "statut": "Présélectionné",
        "metier": "Data scientist"}  # fmt: skip
_PROJECTS = (dossier("101", projet="Phare", decision="Lauréat", motif="Utile"),)


def answer(candidature: str = "501", *choices: str, email: str = "", moment: datetime = _MAY) -> Answer:
    """An answer, to « Phare » alone by default."""
    return Answer("7001", moment, candidature, email, (*(choices or ("Phare",)), "", "", "")[:3])


def wishes_tab(*answers: Answer) -> TabSnapshot:
    """`Vœux reçus` with these rows, its headers in row 1."""
    lines = (voeux_recus.AnswerRow(JudgedAnswer(given, "", Standing.COUNTS, ("", "", "")), "") for given in answers)
    rows = [list(cells) for cells in voeux_recus.TABLE.cells(lines)]
    return TabSnapshot(V, [[*voeux_recus.TABLE.sheet_headers], *rows], mark=voeux_recus.TAB)


def _book(*answers: Answer, **candidate: str | None) -> Snapshot:
    return book(_PROJECTS, JURORS, [], tab("talents", [{**_ADA, **candidate}]), wishes_tab(*answers))


def cell(header: str, row: int = 2) -> str:
    """The address of a header's cell in a row of `Vœux reçus`."""
    return f"{chr(ord('A') + voeux_recus.TABLE.sheet_headers.index(header))}{row}"


def cases() -> Iterator[Said]:
    """All of them."""
    late = answer(moment=datetime(2021, 6, 1))
    unknown, unsure = answer("", email="x@x.example"), answer("501", email="emmy@x.example")
    yield "choices as they should be", _book(answer()), (), NO_RUN
    yield "choices of nobody", _book(answer("999")), (("voeux_inconnus", V, cell("N° indiqué")),), NO_RUN
    yield "choices of an unknown address", _book(unknown), (("voeux_inconnus", V, cell("E-mail indiqué")),), NO_RUN
    people = [_ADA, {**_ADA, "candidature": "502", "prenom": "Emmy", "nom": "Noether", "email": "emmy@x.example"}]
    two = book(_PROJECTS, JURORS, [], tab("talents", people), wishes_tab(unsure))
    yield "choices of two people", two, (("voeux_ambigus", V, cell("E-mail indiqué")),), NO_RUN
    yield "choices after the deadline", _book(late), (("voeux_recus_tardifs", V, cell("Donnée le")),), NO_RUN
    yield "a choice of no project", _book(answer("501", "Quai")), (("voeu_recu_inconnu", V, cell("Choix 1")),), NO_RUN
    typed = _book(answer(), voeu_1="102")
    there = at("talents", "voeu_1")
    said = (("voeux_differents", T, there), ("voeu_inconnu", T, there))
    yield "choices that people typed otherwise", typed, said, NO_RUN
    yield "choices that people typed as well", _book(answer(), voeu_1="101"), (), NO_RUN
    where = (("voeux_sans_preselection", T, at("talents", "statut")),)
    yield "choices of who was not preselected", _book(answer(), statut=None), where, NO_RUN
    yield "choices of who left since", _book(answer(), statut="Désisté"), (), NO_RUN
    edited = wishes_tab(answer())
    rows = [edited.rows[0], ["7001", "501", None, "Quai", *edited.rows[1][4:]]]
    changed = book(_PROJECTS, JURORS, [], tab("talents", [_ADA]), replace(edited, rows=rows))
    yield "choices that somebody edited", changed, (("voeux_recus_modifies", V, "A2"),), NO_RUN
    gone = LastRun(other_imports={"talents": Imports({"501": Withdrawal(datetime(2021, 5, 1, tzinfo=UTC), "parti")})})
    yield "a candidate who withdrew", _book(), (("candidature_supprimee", T, at("talents", "statut")),), gone
    yield "a candidate who withdrew here too", _book(statut="Désisté"), (), gone
    state = (("candidature_retiree", T, at("talents", "etat")),)
    yield "a candidate withdrawn on the platform", _book(etat="Classé sans suite"), state, NO_RUN
    yield "a candidate examined", _book(etat="En instruction"), (), NO_RUN
