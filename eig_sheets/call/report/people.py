"""The jurors, with their severity, and who is recused from which dossier."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.scoring.calibration import OBSERVED, Calibration, Fit
from eig_sheets.call.scoring.words import cut_text
from eig_sheets.campaign.overrides import Overrides, of_key
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews import recusals
from eig_sheets.campaign.reviews.recusals import RecusalSource
from eig_sheets.config import Campaign, sources
from eig_sheets.text.french import day, moment, plain, typographic
from eig_sheets.workbook import words

MOST_JURORS = 60
"""Jurors whose severity is drawn; with more, the farthest from the others."""

_IMPERSONAL: Final = {**dict.fromkeys(("severity", "error", *OBSERVED), math.nan), "fit_flag": None}


@dataclass(frozen=True, slots=True)
class Juror:
    """A juror, and on the page of the presidency what concerns them as a person: all of it is None elsewhere.

    `severity`, `error`, `spread` and `spread_others` are in points out of 20, None when nothing can be compared.
    `fit`: 1 when as expected; `far`, when it is too far; `verdict`: the words for it. `cut`: that the scale cuts their
    notes, or nothing.
    """

    name: str
    group: str
    reviews: int
    severity: float | None
    error: float | None
    fit: float | None
    far: bool
    verdict: str
    spread: float | None
    spread_others: float | None
    cut: str


def names_of(reading: Reading) -> dict[str, str]:
    """Address → name, of the jurors whose name is in the tab « Jury »; with the address where two have the same."""
    jury = reading.valid_rows("jury").dropna(subset=["email", "nom"])
    shared = jury["nom"].duplicated(keep=False)
    return dict(zip(jury["email"], jury["nom"].mask(shared, jury["nom"] + " (" + jury["email"] + ")"), strict=True))


def jurors_of(calibration: Calibration, names: Mapping[str, str], *, personal: bool) -> tuple[Juror, ...]:
    """The jurors whose evaluations count, the most severe first; by name without severities, nor fit.

    `personal`: whether the page may have what concerns jurors as persons.
    """
    table = calibration.jurors if personal else calibration.jurors.assign(**_IMPERSONAL)
    jurors = [_juror(row, names) for row in table.reset_index().itertuples(index=False)]
    return tuple(sorted(jurors, key=lambda juror: (-(juror.severity or 0.0), plain(juror.name), juror.name)))


def _juror(row: Any, names: Mapping[str, str]) -> Juror:
    return Juror(
        name=names.get(row.jure, row.jure),
        group=row.groupe or "",
        reviews=int(row.reviews),
        severity=_number(row.severity),
        error=_number(row.error),
        fit=_number(row.fit),
        far=row.fit_flag == Fit.FAR,
        verdict=typographic(words.FITS.get(row.fit_flag, "")),
        spread=_number(row.spread),
        spread_others=_number(row.spread_others),
        cut=cut_text(row.at_ceiling),
    )


def plotted_jurors(jurors: Sequence[Juror]) -> tuple[Juror, ...]:
    """The jurors that a plot shows, in the same order."""
    farthest = sorted(jurors, key=lambda juror: -abs(juror.severity or 0.0))[:MOST_JURORS]
    return tuple(juror for juror in jurors if juror in farthest)


def recusals_of(reading: Reading, results: Results) -> dict[str, tuple[str, ...]]:
    """Dossier → addresses of the jurors who take no part in it, in the order of the results.

    Wherever that was said or is known (`campaign/recusals.py`); a déport that only seems to mean a dossier is an
    anomaly for officers to settle, and keeps nobody away.
    """
    jurors: dict[str, tuple[str, ...]] = {}
    for (numero, juror), source in recusals.recusals_of(reading).items():
        if source is not RecusalSource.DOUBTFUL:
            jurors[numero] = (*jurors.get(numero, ()), juror)
    return {numero: jurors[numero] for numero in results.of(APPLICATIONS).dossiers["numero"] if numero in jurors}


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)


CONFIGURED: Final = "configuration de la campagne"
DEFAULT: Final = "hypothèse : valeur par défaut d’eig-sheets"


class RuleSources:
    """Gives the source of a value by its key, and remembers those that have none.

    `unsourced`: the keys that were asked for, whose value a file gives without a comment beside it.
    """

    def __init__(self, campaign: Campaign, overrides: Overrides) -> None:
        self._comments = sources(campaign.path, campaign.provenance)
        self._file_of = campaign.provenance.file_of
        self._origins = overrides.origins
        self.unsourced: dict[str, None] = {}

    def __call__(self, key: str) -> str:
        """Its cells, else its comment, else that no file gives it; CONFIGURED when it is `unsourced`."""
        return self.cells(key) or self.comment(key)

    def cells(self, key: str) -> str:
        """The cells in which officers typed it; '' for none."""
        return " ; ".join(map(str, of_key(self._origins, key)))

    def comment(self, key: str) -> str:
        """What the configuration says of it, whatever officers typed."""
        if key not in self._comments and self._file_of(key) is not None:
            self.unsourced[key] = None
            return CONFIGURED
        return self._comments.get(key, DEFAULT)

    @staticmethod
    def day(value: date | datetime) -> str:
        """A day or a moment, in words."""
        return moment(value) if isinstance(value, datetime) else day(value)
