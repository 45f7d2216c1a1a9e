"""Who is to read which dossier, as the tab `Affectations` records it: read back, and what of it still holds. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Final

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.recusals import recusals_of
from eig_sheets.campaign.since_last_run import recorded_lines
from eig_sheets.domain import eligibility
from eig_sheets.domain.ranking import to_read
from eig_sheets.storage.last_run import NO_RUN, LastRun
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.model.cells import CellValue
from eig_sheets.workbook.ownership import key_of
from eig_sheets.workbook.render.affectations import HEADERS, Assignment, AssignmentStatus

TAB: Final = "affectations"


class Lapse(StrEnum):
    """Why a recorded pair holds no more."""

    DOSSIER = "dossier"  # the jury does not read it any more
    JUROR = "jure"  # is no juror any more
    RECUSED = "deport"  # has stepped aside since


_LAPSES: Final = {
    Lapse.DOSSIER: "le jury ne lit plus ce dossier",
    Lapse.JUROR: "cette adresse n’est plus dans l’onglet Jury",
    Lapse.RECUSED: "ce juré doit s’en déporter",
}


def recorded_assignments(reading: Reading, last_run: LastRun = NO_RUN) -> tuple[Assignment, ...]:
    """The recorded pairs that nobody edited, in the order of the tab, each once."""
    return tuple(dict.fromkeys(_genuine(recorded_lines(TAB, HEADERS, reading, last_run))))


def _genuine(lines: Iterable[Mapping[str, CellValue]]) -> Iterator[Assignment]:
    """The pairs of the lines whose checksum holds."""
    statuses = {str(status): status for status in AssignmentStatus}
    for line in lines:
        status = statuses.get(str(line["Statut"]))
        if status is not None:
            one = Assignment(key_of(line["N° de dossier"]), str(line["E-mail du juré"]), status)
            if one.checksum == line["Empreinte"]:
                yield one


def assignments_of(reading: Reading, recorded: Sequence[Assignment] | None = None) -> pd.DataFrame:
    """The pairs that hold today: `numero`, `jure`, `locked`, `kept`; no row without the tab.

    Of `recorded`, else of what the tab says: those that nothing makes lapse.
    """
    pairs = recorded_assignments(reading) if recorded is None else recorded
    lapsed = {one for one, _ in lapsed_assignments(reading, pairs)}
    return frame_of([one for one in pairs if one not in lapsed])


def lapsed_assignments(reading: Reading, recorded: Sequence[Assignment]) -> Iterator[tuple[Assignment, Lapse]]:
    """The recorded pairs that hold no more, each with the first reason why."""
    if not recorded:
        return
    read, jurors = {*dossiers_of_the_jury(reading)}, {*reading.valid_rows("jury")["email"].dropna()}
    recused = {*recusals_of(reading)[["numero", "jure"]].itertuples(index=False, name=None)}
    for one in recorded:
        if one.numero not in read:
            yield one, Lapse.DOSSIER
        elif one.jure not in jurors:
            yield one, Lapse.JUROR
        elif (one.numero, one.jure) in recused:
            yield one, Lapse.RECUSED


def dossiers_of_the_jury(reading: Reading) -> list[str]:
    """The numbers of the dossiers that the jury reads: those that would be ranked once they are."""
    dossiers, campaign = reading.valid_rows("candidatures"), reading.campaign
    available = reading.layout_of("candidatures").available
    return to_read(dossiers, eligibility.assess(dossiers, available, campaign.campaign, campaign.eligibility))


def lapse_anomalies(reading: Reading, recorded: Sequence[Assignment]) -> Iterator[Anomaly]:
    """One for each recorded pair that holds no more: the tab keeps it until people run the command that replaces it."""
    name = reading.layout.robot_tabs.get(TAB, reading.schema.robot_tabs[TAB])
    for one, lapse in lapsed_assignments(reading, recorded):
        yield anomaly("affectation_caduque", name, None, one.numero, value=one.jure, reason=_LAPSES[lapse])


def frame_of(pairs: Sequence[Assignment]) -> pd.DataFrame:
    """The pairs as a table, one row each: `numero`, `jure`, `locked`, `kept`."""
    return pd.DataFrame(
        {
            "numero": pd.Series([one.numero for one in pairs], dtype=object),
            "jure": pd.Series([one.jure for one in pairs], dtype=object),
            "locked": pd.Series([one.status is AssignmentStatus.LOCKED for one in pairs], dtype=bool),
            "kept": pd.Series([one.status is AssignmentStatus.KEPT for one in pairs], dtype=bool),
        }
    )


def expected_reviews(assigned: pd.DataFrame, recorded: Sequence[Assignment]) -> pd.Series | None:
    """How many reviews each dossier should have, by number: of the pairs that hold; None where nothing is recorded."""
    return assigned.groupby("numero").size() if recorded else None
