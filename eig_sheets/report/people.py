"""The jurors, with their severity, and who is recused from which dossier."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.domain.calibration import Calibration
from eig_sheets.domain.frames import is_yes
from eig_sheets.text.french import plain

MOST_JURORS = 60
"""Jurors whose severity is drawn; with more, the farthest from the others."""


@dataclass(frozen=True, slots=True)
class Juror:
    """A juror and their severity. `severity` and `error` are in points out of 20, None when nothing can be compared."""

    name: str
    group: str
    reviews: int
    severity: float | None
    error: float | None


def names_of(reading: Reading) -> dict[str, str]:
    """Address → name, of the jurors whose name is in the tab « Jury »; with the address where two have the same."""
    jury = reading.valid_rows("jury").dropna(subset=["email", "nom"])
    shared = jury["nom"].duplicated(keep=False)
    return dict(zip(jury["email"], jury["nom"].mask(shared, jury["nom"] + " (" + jury["email"] + ")"), strict=True))


def jurors_of(calibration: Calibration, names: Mapping[str, str]) -> tuple[Juror, ...]:
    """The jurors whose evaluations count, the most severe first; without severities, by name."""
    jurors = [
        Juror(names.get(address, address), group or "", int(reviews), _number(severity), _number(error))
        for address, group, reviews, severity, error in zip(
            calibration.jurors.index,
            calibration.jurors["groupe"],
            calibration.jurors["reviews"],
            calibration.jurors["severity"],
            calibration.jurors["error"],
            strict=True,
        )
    ]
    return tuple(sorted(jurors, key=lambda juror: (-(juror.severity or 0.0), plain(juror.name), juror.name)))


def plotted_jurors(jurors: Sequence[Juror]) -> tuple[Juror, ...]:
    """The jurors that a plot shows, in the same order."""
    farthest = sorted(jurors, key=lambda juror: -abs(juror.severity or 0.0))[:MOST_JURORS]
    return tuple(juror for juror in jurors if juror in farthest)


def recusals_of(reading: Reading, results: Results) -> dict[str, tuple[str, ...]]:
    """Dossier → addresses of the jurors recused from it, by their « Déports » or by an evaluation."""
    recusals: dict[str, dict[str, None]] = {}
    evaluations = results.evaluations
    recused = evaluations[is_yes(evaluations["deport"])]
    for numero, juror in zip(recused["numero"], recused["jure"], strict=True):
        recusals.setdefault(numero, {})[juror] = None
    jury = reading.valid_rows("jury").dropna(subset=["email"])
    declared = jury[jury["deports"].notna()]
    dossiers = _by_name(results.dossiers)
    for juror, words in zip(declared["email"], declared["deports"], strict=True):
        for word in words:
            for numero in dossiers.get(plain(word), ()):
                recusals.setdefault(numero, {})[juror] = None
    return {numero: tuple(recusals[numero]) for numero in results.dossiers["numero"] if numero in recusals}


def _by_name(dossiers: pd.DataFrame) -> dict[str, list[str]]:
    """The numbers of dossiers by their own number, and by the name of their administration."""
    found: dict[str, list[str]] = {}
    for numero, administration in zip(dossiers["numero"], dossiers["administration"], strict=True):
        for word in {plain(numero), plain(administration or "")} - {""}:
            found.setdefault(word, []).append(numero)
    return found


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
