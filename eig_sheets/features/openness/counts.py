"""The numbers of a call that funders publish: received, eligible, shortlisted, ranked zone by zone, selected. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.applications.rules_eligibility import EligibilityStatus
from eig_sheets.call.report.open_points import received_numbers
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.domain.decisions import PRESELECTED
from eig_sheets.emails.catalogue.conditions import laureates
from eig_sheets.workbook.words import ZONES

Record = dict[str, Any]


def count_records(reading: Reading, results: Results) -> list[Record]:
    """One record an indicator, always in the same order; a zone only where the ranking has zones."""
    return [
        {"indicateur": name, "libelle": label, "nombre": count}
        for name, label, count in (*_steps(reading, results), *_zones(results))
    ]


def _steps(reading: Reading, results: Results) -> Iterator[tuple[str, str, int]]:
    dossiers, selected = results.of(APPLICATIONS).dossiers, laureates(results.of(APPLICATIONS).dossiers)
    yield "dossiers_recus", "Dossiers reçus", len(received_numbers(reading))
    ineligible = results.of(APPLICATIONS).eligibility["status"].isin([EligibilityStatus.INELIGIBLE])
    yield "dossiers_ineligibles", "Dossiers inéligibles", int(ineligible.sum())
    yield (
        "dossiers_preselectionnes",
        "Dossiers présélectionnés",
        int(dossiers["preselection"].isin([PRESELECTED]).sum()),
    )
    yield "dossiers_classes", "Dossiers classés", int(results.of(SCORES).ranking["rank"].notna().sum())
    yield "projets_laureats", "Projets lauréats", int(selected.sum())
    yield "eig_demandes", "EIG demandés par les projets lauréats", int(dossiers.loc[selected, "nombre_eig"].sum())


def _zones(results: Results) -> Iterator[tuple[str, str, int]]:
    """How many dossiers the ranking sets in each zone, and how many of these were selected."""
    ranking = results.of(SCORES).ranking
    if ranking["zone"].isna().all():
        return
    chosen = results.of(APPLICATIONS).dossiers.loc[laureates(results.of(APPLICATIONS).dossiers), "numero"]
    for zone, word in ZONES.items():
        inside = ranking["zone"].isin([zone])
        both = inside & ranking["numero"].isin(chosen)
        yield f"zone_{zone}", f"Dossiers de la zone « {word} » du classement", int(inside.sum())
        yield f"zone_{zone}_laureats", f"Projets lauréats de la zone « {word} » du classement", int(both.sum())
