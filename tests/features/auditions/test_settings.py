"""`[auditions]`: its grid of slots, and what is refused or questioned, in French and key by key."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from eig_sheets import config, loading
from eig_sheets.config import ConfigError
from tests.workbook.snapshots import EIG5

PACKAGED = config.packaged().read_text(encoding="utf-8")
MORNING = '{date = 2021-05-04, from = "09:00", to = "12:00"}'


def loaded(*lines: str) -> config.Campaign:
    return loading.load(EIG5.path, "\n".join([PACKAGED, "[auditions]", *lines]))


def starts(*lines: str) -> list[str]:
    return [f"{slot.start:%d %H:%M}" for slot in loaded(*lines).auditions.slots]


def test_slots_follow_one_another_and_begin_again_after_a_break():
    days = 'days = [{date = 2021-05-05, from = "9h", to = "12h30"}, {date = 2021-05-04, from = "14:00", to = "15:30"}]'
    breaks = 'breaks = [{from = "10:30", to = "10:45"}]'
    assert starts(days, breaks, "minutes = 40") == [
        "04 14:00",
        "04 14:40",
        "05 09:00",
        "05 09:40",
        "05 10:45",
        "05 11:25",
    ]
    assert starts(f"days = [{MORNING}]", "minutes = 180") == ["04 09:00"]
    assert starts() == []


def test_an_hour_may_be_written_as_toml_has_it():
    [day] = loaded("days = [{date = 2021-05-04, from = 09:00:00, to = 12:00:00}]").auditions.days
    assert (day.start, day.end) == (time(9), time(12))
    assert day.span == (datetime(2021, 5, 4, 9), datetime(2021, 5, 4, 12))


HOUR = 'il faut une heure entre guillemets ("09:00")'


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["minutes = 3"], "auditions.minutes = 3 n’est pas accepté : il faut au moins 5"),
        (['days = [{date = 2021-05-04, from = "9", to = "12:00"}]'],
         f"auditions.days[1].from = « 9 » n’est pas accepté : {HOUR}"),
        (['days = [{date = 2021-05-04, from = "09:00", to = "24:00"}]'],
         f"auditions.days[1].to = « 24:00 » n’est pas accepté : {HOUR}"),
        (['days = [{date = "4 mai", from = "09:00", to = "12:00"}]'],
         "auditions.days[1].date = « 4 mai » n’est pas accepté : il faut une date sans guillemets (2021-02-01)"),
        (['days = [{date = 2021-05-04, from = "12:00", to = "09:00"}]'],
         ("dans [auditions], les heures vont de la première à la dernière : from est avant to, par exemple "
         '{ from = "12:00", to = "13:00" }')),
        ([f"days = [{MORNING}, {MORNING}]"],
         "auditions.days[1] et auditions.days[2] se recouvrent, le 04/05/2021 : gardez-en un, ou corrigez les heures"),
        ([f"days = [{MORNING}]", "minutes = 200"],
         ("auditions.days[1] (04/05/2021, 09:00–12:00) : aucune audition de 200 minutes n’y tient entre les pauses ; "
         "corrigez les heures, ou auditions.minutes")),
        ([f"days = [{MORNING}]", 'breaks = [{from = "12:00", to = "13:00"}]'],
         ("auditions.breaks[1] (12:00–13:00) n’est dans les heures d’aucun jour de auditions.days : corrigez ou "
         "retirez cette pause")),
        (['breaks = [{from = "10:00", to = "11:00"}, {from = "10:30", to = "10:40"}]'],
         "auditions.breaks[1] et auditions.breaks[2] se recouvrent : n’en gardez qu’une"),
        (["parallel = 0"], "auditions.parallel = 0 n’est pas accepté : il faut au moins 1"),
        (["quorum = 1.5"], "auditions.quorum = 1.5 n’est pas accepté : il faut au plus 1"),
        (['days = [{date = 2019-05-04, from = "09:00", to = "12:00"}]'],
         ("auditions.days[1].date = 2019-05-04 n’est pas d’une année de cet appel, ouvert le 2021-02-01 "
         "(campaign.opens) : corrigez cette date, ou retirez-la")),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(lines, said):
    with pytest.raises(ConfigError) as caught:
        loaded(*lines)
    assert str(caught.value).replace("\u202f", " ").splitlines()[1:] == [f"  • {said}."]


def test_an_applicant_invited_for_longer_than_the_slot_is_questioned():
    [question] = loaded(f"days = [{MORNING}]", "minutes = 15").questions
    assert question.startswith("emails.audition_minutes = 20 dépasse auditions.minutes = 15")
    assert loaded(f"days = [{MORNING}]", "minutes = 20").questions == ()
    assert loaded("minutes = 15").questions == ()  # nothing is scheduled


def test_auditions_after_the_jury_or_before_the_closing_are_questioned():
    [late] = loaded('days = [{date = 2021-05-06, from = "09:00", to = "12:00"}]').questions
    assert late.startswith("scoring.closes = 2021-05-05 est avant auditions.days[1].date = 2021-05-06")
    [early] = loaded('days = [{date = 2021-04-06, from = "09:00", to = "12:00"}]').questions
    assert early.startswith("auditions.days[1].date = 2021-04-06 est avant campaign.closes")


def test_more_slots_than_a_jury_sits_through_are_refused():
    days = ", ".join(f'{{date = 2021-05-{day:02d}, from = "00:00", to = "23:59"}}' for day in range(1, 6))
    with pytest.raises(ConfigError) as caught:
        loaded("minutes = 5", f"days = [{days}]")
    assert "auditions donne 1435 créneaux, plus de 1000" in str(caught.value)
