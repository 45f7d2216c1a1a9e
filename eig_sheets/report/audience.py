"""For whom a page is made: the whole jury, its presidency, or one juror without the dossiers of their déports."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.domain.calibration import Calibration, Component
from eig_sheets.domain.frames import is_yes
from eig_sheets.report.people import names_of
from eig_sheets.text.french import typographic
from eig_sheets.workbook.anomalies import Anomaly
from eig_sheets.workbook.cell_names import name_of
from eig_sheets.workbook.conflicts import dossiers_of_interest, unknown_recusals
from eig_sheets.workbook.model.cells import parse_a1
from eig_sheets.workbook.quoting import did_you_mean


class UnknownJurorError(Exception):
    """The address is no juror's; the text is French and names the tab."""


@dataclass(frozen=True, slots=True)
class Audience:
    """The readers of a page. `presidency`: what concerns jurors as persons is for them alone.

    `juror`: the name of the only reader, '' for several; `excluded`: the numbers of the dossiers that they do not read.
    """

    presidency: bool = False
    juror: str = ""
    excluded: frozenset[str] = frozenset()


JURY = Audience()
PRESIDENCY = Audience(presidency=True)


def one_juror(reading: Reading, address: str) -> Audience:
    """The audience of the juror who has this e-mail address, in any case. Raises UnknownJurorError.

    Without the dossiers that their déports name, or seem to name but for a slip, those of their own organisation, and
    those of an evaluation in déport: a doubt excludes.
    """
    juror = _known(reading, address)
    rows = [table.frame for table in reading.review_tables]
    recused = [one.loc[is_yes(one["deport"]) & (one["jure"] == juror), "numero"].dropna() for one in rows]
    excluded = frozenset().union(*recused) | dossiers_of_interest(reading.tables, juror)
    return Audience(juror=names_of(reading).get(juror, juror), excluded=excluded)


def _known(reading: Reading, address: str) -> str:
    """The address as the tab « Jury » has it."""
    jury = reading.tables["jury"]
    known = jury.frame["email"].dropna().unique().tolist()
    found = [one for one in known if one.casefold() == address.strip().casefold()]
    if not found:
        text = f"« {address} » n’est l’adresse d’aucun juré de l’onglet « {jury.layout.name} »."
        hint = did_you_mean(address, known)
        raise UnknownJurorError(typographic(f"{text}{hint} Corrigez cette adresse, ou ajoutez ce juré à l’onglet."))
    return str(found[0])


def doubtful_recusals(reading: Reading, address: str) -> Iterator[Anomaly]:
    """The anomalies of the déports of a juror that name no dossier: perhaps they should have left one out."""
    jury = reading.tables["jury"]
    rows = set(jury.frame.loc[jury.frame["email"] == _known(reading, address), "row"])
    for found in unknown_recusals(reading.tables):
        if found.cell and parse_a1(found.cell)[0] in rows:
            yield replace(found, cell_name=name_of(found.cell, found.tab, reading.snapshot))


def without(results: Results, excluded: AbstractSet[str]) -> Results:
    """The results with no row about some dossiers; the others keep their ranks and numbers."""
    if not excluded:
        return results
    dossiers = results.dossiers[~results.dossiers["numero"].isin(excluded)]
    evaluations = results.evaluations[~results.evaluations["numero"].isin(excluded)]
    return replace(
        results,
        dossiers=dossiers,
        evaluations=evaluations,
        evaluated=results.evaluated.loc[evaluations.index],
        eligibility=results.eligibility.loc[dossiers.index],
        ranking=_others(results.ranking, excluded),
        calibration=_calibration_without(results.calibration, excluded),
        cofinancing=results.cofinancing.loc[dossiers.index],
        anomalies=(),
        rules=(),
        selection=None,
    )


def _others(frame: pd.DataFrame, excluded: AbstractSet[str]) -> pd.DataFrame:
    return frame[~frame["numero"].isin(excluded)]


def _calibration_without(calibration: Calibration, excluded: AbstractSet[str]) -> Calibration:
    parts = [
        Component(tuple(numero for numero in part.dossiers if numero not in excluded), part.jurors)
        for part in calibration.components
    ]
    return replace(
        calibration,
        dossiers=calibration.dossiers[~calibration.dossiers.index.isin(excluded)],
        components=tuple(part for part in parts if part.dossiers),
        weak_links=tuple(link for link in calibration.weak_links if excluded.isdisjoint((*link.shared, *link.apart))),
    )
