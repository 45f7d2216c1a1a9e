"""The ways of the data in the docs are those of the code."""

from scripts import ways_doc


def test_the_drawing_is_that_of_the_functions():
    text = ways_doc.PAGE.read_text(encoding="utf-8")
    assert ways_doc.with_drawing(text) == text, "run `python scripts/ways_doc.py --write`"


def test_each_step_of_a_night_is_drawn_with_what_it_is_given():
    drawn = ways_doc.drawing()
    assert 'plan_sync_target_of -->|"TargetState"| plan_sync_checked_plan' in drawn
    assert 'compute_applications_of -->|"Applications"| compute_cofinancing_of' in drawn
