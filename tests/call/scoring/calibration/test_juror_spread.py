"""The spread of a juror's notes beside the others', and the notes that the scale cuts."""

import pandas as pd
import pytest

from eig_sheets.call.scoring.calibration import CUT_SHARE
from eig_sheets.call.scoring.calibration.juror_reference import juror_spread
from tests.call.scoring.calibration.support import NOTE_RANGE, frame


def test_spreads_are_standard_deviations_the_others_by_their_severity():
    rows = [("1", "a", 20.0), ("2", "a", 14.0), ("1", "b", 12.0), ("2", "b", 10.0), ("2", "c", 5.0), ("3", "c", 8.0)]
    spreads = juror_spread(frame(rows), pd.Series({"a": 0.0, "b": 1.0, "c": 6.0}), NOTE_RANGE)
    assert spreads.at["a", "spread"] == pytest.approx(18**0.5, abs=5e-4)
    assert spreads.at["a", "spread_others"] == pytest.approx(pd.Series([13, 11, 11]).std(), abs=5e-4)
    assert spreads.at["c", "spread_others"] == pytest.approx(pd.Series([14, 11]).std(), abs=5e-4)
    assert spreads["at_ceiling"].to_dict() == {"a": 0.5, "b": 0.0, "c": 0.5}


def test_too_few_notes_have_no_spread():
    spreads = juror_spread(frame([("1", "a", 12.0), ("1", "b", 14.0)]), pd.Series({"a": 0.0, "b": 0.0}), NOTE_RANGE)
    assert spreads[["spread", "spread_others"]].isna().all(axis=None)
    assert 0 < CUT_SHARE < 1
