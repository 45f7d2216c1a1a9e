"""Simulated campaigns: what is drawn, beside plain loops; and models that are broken as they say."""

from dataclasses import replace

import numpy as np
import pytest

from eig_sheets.call.scoring.calibration import Spreads
from eig_sheets.call.scoring.calibration.simulated_campaigns import (
    CEILING_SHARE,
    SHIFT,
    Situation,
    draws,
    layout_of,
    notes_of,
)
from tests.call.scoring.calibration.support import NOTE_RANGE, frame, table

SPREADS = Spreads(dossiers=2.0, jurors=1.0, noise=1.5)
PANELS = {"jure0": "Nord", "jure1": "Nord", "jure2": "Sud", "jure3": "Est"}
NOTES = [[12, 13, None, 8.5], [9, None, 8, 7.25], [None, 15, 16, 16], [10, 11, 9, None], [18, 18, None, 11]]


@pytest.fixture(scope="module")
def layout():
    return layout_of(table(NOTES), NOTE_RANGE, {})


def campaigns(layout, situation, pairs=60):
    """The notes of so many pairs of campaigns (campaigns × evaluations), and the draws behind them."""
    drawn = [draw for pair in range(pairs) for draw in draws(layout, SPREADS, pair)]
    return np.array([notes_of(draw, situation, layout, SPREADS) for draw in drawn]), drawn


def test_every_evaluation_is_there_once_and_no_other(layout):
    pairs = zip(layout.of_dossier, layout.of_juror, strict=True)
    assert {(layout.numbers[one], layout.jurors[juror]) for one, juror in pairs} == {
        (row.numero, row.jure) for row in table(NOTES).itertuples()
    }
    assert len(layout.of_dossier) == 15
    assert (layout.level, layout.lowest) == (pytest.approx(table(NOTES)["note"].mean()), 5)


def test_draws_have_the_fitted_spreads(layout):
    _, drawn = campaigns(layout, Situation.FITTED, pairs=400)
    for name, spread in (("quality", 2.0), ("severity", 1.0), ("noise", 1.5)):
        values = np.concatenate([getattr(draw, name) for draw in drawn])
        assert values.mean() == pytest.approx(0, abs=0.1 * spread)
        assert values.std() == pytest.approx(spread, rel=0.05)


def test_two_juries_have_the_same_dossiers_and_nothing_else(layout):
    one, other = draws(layout, SPREADS, 7)
    assert (one.quality == other.quality).all()
    assert (one.severity != other.severity).all()
    assert (one.noise != other.noise).all()
    assert one.random_juror != other.random_juror
    [again, _] = draws(layout, SPREADS, 7)
    assert (again.noise == one.noise).all()
    assert (next(draws(layout, SPREADS, 8)).quality != one.quality).all()


def test_the_fitted_model_is_the_sum_of_its_parts(layout):
    [draw, _] = draws(layout, SPREADS, 3)
    notes = notes_of(draw, Situation.FITTED, layout, SPREADS)
    for place, (dossier, juror) in enumerate(zip(layout.of_dossier, layout.of_juror, strict=True)):
        expected = layout.level + draw.quality[dossier] - draw.severity[juror] + draw.noise[place]
        assert notes[place] == pytest.approx(expected)


def test_panels_have_an_effect_of_their_own(layout):
    """Jurors of one panel have half of their variance in common, others nothing; a juror without panel has no more."""
    panels = layout_of(table(NOTES), NOTE_RANGE, {"jure0": "Nord", "jure1": "Nord", "jure2": "Sud"})
    order = [panels.jurors.index(f"jure{place}") for place in range(4)]
    severity = np.array(
        [draw.severity[order] for pair in range(800) for draw in draws(panels, replace(SPREADS, panels=1.0), pair)]
    )
    expected = [[2, 1, 0, 0], [1, 2, 0, 0], [0, 0, 2, 0], [0, 0, 0, 1]]
    np.testing.assert_allclose(np.cov(severity.T), expected, atol=0.2)


def test_one_panel_for_all_is_none(layout):
    alike = layout_of(table(NOTES), NOTE_RANGE, dict.fromkeys(PANELS, "Nord"))
    assert (next(draws(alike, SPREADS, 1)).severity == next(draws(layout, SPREADS, 1)).severity).all()
    assert (alike.parts == layout.parts).all()


def test_parts_of_the_jury_are_apart():
    layout = layout_of(table(NOTES), NOTE_RANGE, PANELS)
    fitted, shifted = (campaigns(layout, one, pairs=1)[0] for one in (Situation.FITTED, Situation.PARTS))
    of_panel = dict(zip(layout.panels, (-SHIFT, 0.0, SHIFT), strict=True))
    expected = [of_panel[PANELS[layout.jurors[juror]]] for juror in layout.of_juror]
    np.testing.assert_allclose(shifted - fitted, [expected, expected])


def test_halves_are_those_that_one_dossier_links():
    """Two halves, told apart by no name: 5 dossiers and 3 jurors each, and one dossier of both."""
    north = [(f"{one}", juror, 10.0 + one) for one in range(5) for juror in "azb"]
    south = [(f"{one + 5}", juror, 14.0 - one) for one in range(5) for juror in "ycx"]
    layout = layout_of(frame([*north, *south, ("4", "y", 12.0)]), NOTE_RANGE, {})
    halves = dict(zip(layout.jurors, layout.parts.tolist(), strict=True))
    assert halves["a"] == halves["z"] == halves["b"]
    assert halves["y"] == halves["c"] == halves["x"] == 1 - halves["a"]


@pytest.mark.parametrize("jurors", [2, 3, 8, 9])
def test_there_are_halves_even_where_everybody_scored_everything(jurors):
    layout = layout_of(table([[10.0 + juror for juror in range(jurors)]] * 4), NOTE_RANGE, {})
    assert sorted(np.bincount(layout.parts).tolist()) == [jurors // 2, jurors - jurors // 2]


def test_one_juror_is_one_half():
    assert layout_of(table([[12.0], [14.0]]), NOTE_RANGE, {}).parts.tolist() == [0]


@pytest.mark.parametrize("panels", [{}, PANELS])
def test_a_good_share_of_the_notes_is_at_the_ceiling(panels):
    notes, _ = campaigns(layout_of(table(NOTES), NOTE_RANGE, panels), Situation.CEILING, pairs=300)
    assert (notes == 20).mean() == pytest.approx(CEILING_SHARE, abs=0.02)
    assert notes.max() == 20


def test_no_note_is_under_the_scale(layout):
    wide = Spreads(dossiers=9.0, jurors=1.0, noise=9.0)
    drawn = [draw for pair in range(20) for draw in draws(layout, wide, pair)]
    assert min(notes_of(draw, Situation.CEILING, layout, wide).min() for draw in drawn) == 5


def test_a_juror_at_random_says_nothing_of_the_dossiers(layout):
    fitted, drawn = campaigns(layout, Situation.FITTED, pairs=200)
    notes, _ = campaigns(layout, Situation.RANDOM_JUROR, pairs=200)
    changed = np.array([layout.of_juror == draw.random_juror for draw in drawn])
    assert (notes != fitted).tolist() == changed.tolist()
    quality = np.array([draw.quality[layout.of_dossier] for draw in drawn])
    assert abs(np.corrcoef(notes[changed], quality[changed])[0, 1]) < 0.1
    assert np.corrcoef(notes[~changed], quality[~changed])[0, 1] > 0.6
    assert np.quantile(notes[changed], [0, 0.25, 0.5, 0.75, 1]) == pytest.approx([5, 8.75, 12.5, 16.25, 20], abs=0.8)
    assert {draw.random_juror for draw in drawn} == {0, 1, 2, 3}


def test_the_order_of_the_rows_and_the_names_change_nothing(layout):
    shuffled = table(NOTES).sample(frac=1, random_state=1)
    renamed = shuffled.assign(
        numero=shuffled["numero"].map(lambda name: f"N{9 - int(name)}"),
        jure=shuffled["jure"].map(lambda name: f"{9 - int(name[4:])}@example.org"),
    )
    other = layout_of(renamed, NOTE_RANGE, {})
    assert [f"{9 - int(name[1:])}" for name in other.numbers] == [*layout.numbers]
    for name in ("of_dossier", "of_juror", "parts"):
        assert (getattr(other, name) == getattr(layout, name)).all()
    assert other.level == layout.level
