"""Simulated campaigns of one call: who scored what and the panels are kept; qualities, severities and noise are drawn.

They are drawn with the spreads that were fitted. A model always looks right on campaigns that it made itself: so the
same draws are also used in three ways that break it. Campaigns go in pairs, of two juries on the same dossiers.

The bits are PCG64's (`sampling`), seeded with the number of the pair, and dossiers and jurors are ordered by their
notes: neither the order of the rows nor names play a part, but between dossiers or jurors of exactly the same notes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd

from eig_sheets.call.scoring.calibration.design import Floats, Places
from eig_sheets.call.scoring.calibration.model import Spreads
from eig_sheets.call.scoring.calibration.sampling import standard_normals
from eig_sheets.call.scoring.rules_scoring import OUT_OF
from eig_sheets.domain.frames import Mask

SHIFT = 2.0
"""Points out of 20 that the first part of the jury takes off every note, and that the last one adds."""
CEILING_SHARE = 0.25
"""The share of the notes that would be above the scale, and are cut at its top."""
_CEILING_DEVIATIONS = 0.6745  # a normal is above this in a quarter of the cases
_WALK_STEPS = 500


class Situation(StrEnum):
    """How campaigns are simulated: by the fitted model, or by one that breaks it."""

    FITTED = "modele"  # the fitted model
    PARTS = "parties_decalees"  # parts of the jury are severe, others indulgent, by SHIFT points
    CEILING = "plafond"  # CEILING_SHARE of the notes is at the top of the scale
    RANDOM_JUROR = "jure_au_hasard"  # one juror gives any note of the scale


@dataclass(frozen=True, slots=True)
class Layout:
    """The evaluations of a call without their notes.

    `numbers` and `jurors` are names, `panels` too, '' for the jurors that have none; `of_dossier` and `of_juror`
    (evaluations,), `panel_of` (jurors,) are places in them. `parts` (jurors,) is the part of the jury that each juror
    is of: their panel, or else one of two `halves`. Notes go from `lowest` to OUT_OF, and are `level` on average.
    """

    numbers: tuple[str, ...]
    jurors: tuple[str, ...]
    panels: tuple[str, ...]
    of_dossier: Places
    of_juror: Places
    panel_of: Places
    parts: Places
    level: float
    lowest: float

    @property
    def panel_effects(self) -> Mask:
        """Whether each panel (panels,) has an effect in the model: when all jurors are of one, it has none."""
        return np.array([bool(name) and len(self.panels) > 1 for name in self.panels])


@dataclass(frozen=True, slots=True)
class Draw:
    """One jury on drawn dossiers: `quality` (dossiers,), `severity` (jurors,), `noise` and `uniform` (evaluations,).

    In points out of 20, but `uniform`, in [0, 1). `random_juror` is the place of the juror who may vote at random.
    """

    quality: Floats
    severity: Floats
    noise: Floats
    uniform: Floats
    random_juror: int


def layout_of(votes: pd.DataFrame, note_range: float, group_of: Mapping[str, str]) -> Layout:
    """The layout of `votes` (numero, jure, note out of 20), at least one; the other arguments are as in `calibrate`."""
    numbers, of_dossier = _by_notes(votes, "numero")
    jurors, of_juror = _by_notes(votes, "jure")
    order = np.lexsort((of_juror, of_dossier))
    of_dossier, of_juror, notes = of_dossier[order], of_juror[order], votes["note"].to_numpy(dtype=float)[order]
    groups = [group_of.get(juror) or "" for juror in jurors]
    panels = tuple(dict.fromkeys(groups))
    panel_of = np.array([panels.index(group) for group in groups])
    parts = panel_of if len(panels) > 1 else halves(of_dossier, of_juror)
    level, lowest = float(notes.mean()), OUT_OF - note_range
    return Layout(numbers, jurors, panels, of_dossier, of_juror, panel_of, parts, level, lowest)


def _by_notes(votes: pd.DataFrame, kind: str) -> tuple[tuple[str, ...], Places]:
    """The names of a column by their sorted notes, then by name; and the place of the name of each evaluation."""
    notes = votes.sort_values("note").groupby(kind)["note"].agg(tuple)
    names = tuple(sorted(notes.index, key=lambda name: (notes[name], name)))
    place = {name: place for place, name in enumerate(names)}
    return names, np.array([place[name] for name in votes[kind]], dtype=np.intp)


def halves(of_dossier: Places, of_juror: Places) -> Places:
    """The half of each juror (jurors,), 0 or 1: two parts of the jury that share few dossiers.

    Cut at the sign of the slowest mode of a lazy walk from juror to juror through the dossiers, which is the Fiedler
    vector of their graph. The walk starts from the order of the jurors, so that there are halves, the same on every
    machine, even where everybody scored everything and all vectors are as slow.
    """
    incidence = np.zeros((of_juror.max() + 1, of_dossier.max() + 1))
    np.add.at(incidence, (of_juror, of_dossier), 1)
    scored = incidence.sum(axis=1)
    step = (incidence / incidence.sum(axis=0)) @ incidence.T / scored[:, None]
    values = np.arange(len(scored), dtype=float)
    for _ in range(_WALK_STEPS):
        values = values - scored @ values / scored.sum()
        values = values + step @ values
        values = values / max(np.abs(values).max(), 1.0)
    return (np.round(values, 6) > 0).astype(np.intp)


def draws(layout: Layout, spreads: Spreads, pair: int) -> Iterator[Draw]:
    """The two juries of a pair, on the same dossiers."""
    bits = np.random.PCG64(pair)
    quality = spreads.dossiers * standard_normals(bits, len(layout.numbers))
    for jury in (0, 1):
        of_panels = _panel_spread(spreads) * standard_normals(bits, len(layout.panels)) * layout.panel_effects
        severity = spreads.jurors * standard_normals(bits, len(layout.jurors)) + of_panels[layout.panel_of]
        noise = spreads.noise * standard_normals(bits, len(layout.of_dossier))
        uniform = (bits.random_raw(len(noise)) >> np.uint64(11)).astype(float) * 2.0**-53
        yield Draw(quality, severity, noise, uniform, (2 * pair + jury) % len(severity))


def _panel_spread(spreads: Spreads) -> float:
    """The standard deviation of the effects of panels, 0 without panels."""
    return spreads.panels or 0.0


def notes_of(draw: Draw, situation: Situation, layout: Layout, spreads: Spreads) -> Floats:
    """The notes of a campaign (evaluations,), out of 20; those of the model know no scale."""
    notes = layout.level + draw.quality[layout.of_dossier] - draw.severity[layout.of_juror] + draw.noise
    match situation:
        case Situation.PARTS:
            shifts = np.linspace(-SHIFT, SHIFT, int(layout.parts.max()) + 1)
            notes = notes + shifts[layout.parts][layout.of_juror]
        case Situation.CEILING:
            notes = np.clip(notes - layout.level + _level_under_ceiling(layout, spreads), layout.lowest, OUT_OF)
        case Situation.RANDOM_JUROR:
            any_note = layout.lowest + draw.uniform * (OUT_OF - layout.lowest)
            notes = np.where(layout.of_juror == draw.random_juror, any_note, notes)
    return notes


def _level_under_ceiling(layout: Layout, spreads: Spreads) -> float:
    """The level such that CEILING_SHARE of the notes would be above the top of the scale."""
    panels = _panel_spread(spreads) ** 2 if layout.panel_effects.any() else 0
    variance = spreads.dossiers**2 + spreads.jurors**2 + panels + spreads.noise**2
    return float(OUT_OF - _CEILING_DEVIATIONS * variance**0.5)
