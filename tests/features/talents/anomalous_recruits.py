"""Workbooks in which somebody is recruited, and all the anomalies expected of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from tests.workbook.snapshots import DOSSIERS, at, tab, tabs_with

Said = tuple[str, Snapshot, tuple[tuple[str, str, str | None], ...]]
START, BEFORE = datetime(2021, 9, 13), datetime(2021, 7, 12)


def recruits(*people: dict[str, CellValue]) -> Snapshot:
    """The usual campaign, and people retained for its first project, which asks for two."""
    usual = {"statut": "Retenu", "projet_decide": "101", "experience": 3.0, "debut_contrat": START,
             "prenom": "Alix", "metier": "Designer"}  # fmt: skip
    dossiers = [DOSSIERS[0] | {"decision": "Lauréat", "motif": "Comité du 6 mai"}, *DOSSIERS[1:]]
    return tabs_with(
        tab("candidatures", dossiers),
        tab(
            "talents", [usual | {"candidature": f"T{n}", "nom": f"Moreau-{n}"} | more for n, more in enumerate(people)]
        ),
    )


def cases() -> Iterator[Said]:
    """Each with its name."""
    yield "two people recruited of two", recruits({}, {"cout_reel": 65000.0}), ()
    dear = ("cout_reel_a_verifier", "Talents", at("talents", "cout_reel"))
    yield "a real cost that is over the range", recruits({"cout_reel": 70000.01}), (dear,)
    many = ("trop_de_recrutes", "Candidatures", at("candidatures", "nombre_eig"))
    yield "three people recruited of two", recruits({}, {}, {}), (many,)
    yield "a start in a year that the call does not reach", recruits({"debut_contrat": datetime(2031, 9, 13)}), (
        ("date_improbable", "Talents", at("talents", "debut_contrat")),
    )  # fmt: skip
    yield "years that nobody worked", recruits({"experience": 2015.0}), (
        ("annees_improbables", "Talents", at("talents", "experience")),
    )  # fmt: skip
    yield "a real cost that nobody costs", recruits({"cout_reel": 650000.0}), (
        ("cout_reel_improbable", "Talents", at("talents", "cout_reel")),
    )  # fmt: skip
    yield "recruited for a project that is none", recruits({"projet_decide": "1O1"}), (
        ("projet_decide_inconnu", "Talents", at("talents", "projet_decide")),
    )  # fmt: skip
    reversed_ = ("contrat_a_l_envers", "Talents", at("talents", "fin_contrat"))
    yield "a contract that ends before it starts", recruits({"fin_contrat": BEFORE}), (reversed_,)
