"""`[slots]`: hours that overlap, or in which nothing fits, are refused with the name of the key."""

from __future__ import annotations

from datetime import time

import pytest

from eig_sheets.domain.audition_rules import Hours
from eig_sheets.features.advice.settings import SlotSettings, slot_errors
from tests.columns import EIG5


def hours(*spans):
    return tuple(Hours(**{"from": time(first), "to": time(last)}) for first, last in spans)


def with_slots(slots):
    return EIG5.model_copy(update={"slots": slots})


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({}, []),
        ({"hours": hours((10, 12), (14, 17))}, []),
        ({"hours": hours((10, 15), (14, 17))}, ["slots.hours[1] et slots.hours[2] se recouvrent"]),
        ({"hours": ()}, ["slots.weekdays donne des jours, et slots.hours aucune heure"]),
        ({"hours": (Hours(**{"from": time(14), "to": time(14, 10)}),)}, ["slots.hours[1] (14:00–14:10) : aucun"]),
    ],
)  # fmt: skip
def test_values_that_contradict_one_another_are_refused(changes, errors):
    sentences = [*slot_errors(with_slots(EIG5.section(SlotSettings).model_copy(update=changes)))]
    assert len(sentences) == len(errors)
    assert all(sentence.startswith(start) for sentence, start in zip(sentences, errors, strict=True))


def test_a_call_without_slots_has_none():
    assert [*slot_errors(with_slots(SlotSettings()))] == []
