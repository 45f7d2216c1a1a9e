"""`[slots]`: hours that overlap, or in which nothing fits, are refused with the name of the key."""

from __future__ import annotations

from datetime import date, time

import pytest

from eig_sheets import loading
from eig_sheets.config.coherence import errors
from eig_sheets.domain.hours import Hours
from eig_sheets.features.advice.settings import SECTION, SlotSettings, slot_errors
from eig_sheets.text.french import listed
from tests.columns import EIG5
from tests.config.test_load import HOUR, TEXT, YEAR, changed, error_lines, no, written


def hours(*spans):
    return tuple(Hours(**{"from": time(first), "to": time(last)}) for first, last in spans)


def with_slots(slots):
    return EIG5.model_copy(update={"slots": slots})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"hours": hours((10, 12), (14, 17))}, []),
        ({"hours": hours((10, 15), (14, 17))}, ["slots.hours[1] et slots.hours[2] se recouvrent"]),
        ({"hours": ()}, ["slots.weekdays donne des jours, et slots.hours aucune heure"]),
        ({"hours": (Hours(**{"from": time(14), "to": time(14, 10)}),)}, ["slots.hours[1] (14:00–14:10) : aucun"]),
    ],
)  # fmt: skip
def test_values_that_contradict_one_another_are_refused(changes, expected):
    sentences = [*slot_errors(with_slots(EIG5.section(SlotSettings).model_copy(update=changes)))]
    assert len(sentences) == len(expected)
    assert all(sentence.startswith(start) for sentence, start in zip(sentences, expected, strict=True))


def test_a_call_without_slots_has_none():
    assert [*slot_errors(with_slots(SlotSettings()))] == []


MISTAKES = [
    ("[[slots.webinars]]", "starts", "1921-02-12T11:00:00",
     no("slots.webinars[1].starts", "1921-02-12T11:00:00", YEAR)),
    ("[[slots.webinars]]", "starts", "2021-03-02T14:00:00",
     "[[slots.webinars]] donne deux fois le moment 2021-03-02T14:00:00 : gardez-en un."),
    ("[[slots.webinars]]", "starts", "2021-02-12", no("slots.webinars[1].starts", "2021-02-12", HOUR)),
    ("[[slots.webinars]]", "starts", '"vendredi"', no("slots.webinars[1].starts", "« vendredi »", HOUR)),
    ("[[slots.webinars]]", "minutes", "0", no("slots.webinars[1].minutes", "0", "il faut au moins 1")),
    ("[slots]", "minutes", "0", no("slots.minutes", "0", "il faut au moins 1")),
    ("[slots]", "hours", '[{ from = "12:00", to = "10:00" }]',
     ("dans [slots], les heures vont de la première à la dernière : from est avant to, par exemple "
      '{ from = "12:00", to = "13:00" }.')),
    ("[slots]", "submission_reminders", "[15, -1]", no("slots.submission_reminders[2]", "-1", "il faut au moins 0")),
]  # fmt: skip


@pytest.mark.parametrize(("section", "key", "value", "sentence"), MISTAKES)
def test_an_error_has_its_key_and_what_is_accepted(tmp_path, section, key, value, sentence):
    text = f"{TEXT}\n{SECTION.packaged.read_text(encoding='utf-8')}"
    assert error_lines(written(tmp_path, changed(section, key, value, text))) == [sentence]


def whole():
    settings = EIG5.model_dump(by_alias=True)
    assert errors(settings, SECTION.orders) == []
    return settings


def test_an_invitation_after_its_webinar_is_refused():
    settings = whole()
    settings["slots"]["webinars"][0]["invited"] = date(2021, 2, 13)
    [sentence] = errors(settings, SECTION.orders)
    assert sentence == (
        "slots.webinars[1].starts = 2021-02-12T11:00:00 est avant slots.webinars[1].invited = 2021-02-13 : on est "
        "invité avant un webinaire ; corrigez l’une des deux dates"
    )


def test_a_webinar_after_the_closing_is_questioned_when_the_configuration_is_read(tmp_path):
    path = written(tmp_path, 'extends = "eig5"\n[campaign]\ncloses = 2021-03-01\n')
    [question] = [question for question in loading.load(path).questions if "webinars" in question]
    assert question == (
        "campaign.closes = 2021-03-01 est avant slots.webinars[2].starts = 2021-03-02T14:00:00 : un webinaire prépare "
        "à candidater ; vérifiez l’une des deux dates "
        f"(slots.webinars[2].starts est dans {SECTION.packaged})"
    )


OLD = """extends = "eig5"
[workbook]
location = "../campagne.xlsx"
[emails]
advice_minutes = 30
advice_place = "salle 2"
appointment_reminder_days = 2
submission_reminders = [10]
[[emails.webinars]]
title = "Questions"
starts = 2021-03-05T10:00:00
invited = 2021-02-26
"""


def test_the_keys_of_older_configurations_are_read_and_said(tmp_path):
    campaign = loading.load(written(tmp_path, OLD))
    slots = campaign.section(SlotSettings)
    assert (slots.minutes, slots.place, slots.reminder_days, slots.submission_reminders) == (30, "salle 2", 2, (10,))
    assert [webinar.title for webinar in slots.webinars] == ["Questions"]
    assert slots.weekdays == EIG5.section(SlotSettings).weekdays
    [question] = campaign.questions
    assert question.startswith(listed(f"{old} → {new}" for old, new in SECTION.moved.items()))
    assert len(SECTION.moved) == 5


def test_webinars_are_taken_away_by_the_key_of_older_configurations(tmp_path):
    path = written(tmp_path, 'extends = "eig5"\nwithout = ["emails.webinars"]\n')
    assert loading.load(path).section(SlotSettings).webinars == ()
