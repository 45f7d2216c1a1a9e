"""The corrected ranking, with its uncertainty: jurors' severities, expected ranks, intervals, probabilities, zones.

The model is that of Heyard, Ott, Salanti and Egger, « Rethinking the Funding Line at the Swiss National Science
Foundation: Bayesian Ranking and Lottery », Statistics and Public Policy 9(1), 2022: the note of juror j for dossier i
is a level + the quality of i ~ N(0, τ²) + the juror's effect ~ N(0, ω²) + noise ~ N(0, σ²), to which we add the effect
of the juror's panel ~ N(0, π²), where there are panels: those of « Groupe », or the parts of a jury that too few
evaluations compare (`links`). The level is flat a priori, the standard deviations uniform. Given them everything is
Gaussian, so they are integrated on a grid (`grid`) and no Markov chain is run.

The same evaluations give the same results on any machine, whatever rows, numbers and names are:

* dossiers, jurors and panels are put in an order that depends on the votes alone (`canonical`) before anything is
  summed or drawn, and dossiers that nothing in the model tells apart share their results;
* the random bits are PCG64's, whose stream is a promise of numpy, and normals are made of them here (`sampling`);
* ranks only compare continuous draws, which the last bits of a sum do not reorder (two of 8,192 × 353 draws are that
  close once in half a million rankings); nodes are drawn from weights cut to whole numbers;
* everything is rounded (`sampling.stable_round`) before it is compared: the linear algebra library, its threads and
  its version only move the bits that this cuts, millions of times finer.
"""

from eig_sheets.call.scoring.calibration.design import Component
from eig_sheets.call.scoring.calibration.juror_fit import Fit
from eig_sheets.call.scoring.calibration.juror_reference import CUT_SHARE
from eig_sheets.call.scoring.calibration.links import WeakLink
from eig_sheets.call.scoring.calibration.model import (
    Calibration,
    Spreads,
    Uncorrected,
    calibrate,
    corrected_dossiers,
    corrected_notes,
    expected_ranks,
    on_scale,
)
from eig_sheets.call.scoring.calibration.sampling import Zone
from eig_sheets.call.scoring.calibration.tables import OBSERVED

__all__ = [
    "CUT_SHARE",
    "OBSERVED",
    "Calibration",
    "Component",
    "Fit",
    "Spreads",
    "Uncorrected",
    "WeakLink",
    "Zone",
    "calibrate",
    "corrected_dossiers",
    "corrected_notes",
    "expected_ranks",
    "on_scale",
]
