"""When a juror can come, in the words that people use; what is not surely understood is refused, never guessed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.features.auditions.availability_texts import ALWAYS, NEVER, UnreadableAvailabilityError, availability_in

DAYS = [date(2021, 5, 4), date(2021, 5, 5)]
"""A Tuesday and a Wednesday."""


def said(text: str) -> list[str]:
    return [f"{start:%d/%m %H:%M} {end:%d/%m %H:%M}" for start, end in availability_in(text, DAYS)]


TUESDAY, WEDNESDAY = "04/05 00:00 05/05 00:00", "05/05 00:00 06/05 00:00"
BOTH = "04/05 00:00 06/05 00:00"
MORNING = "04/05 09:00 04/05 12:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("04/05/2021 09:00–12:00 ; 05/05/2021 14:00-18:00", [MORNING, "05/05 14:00 05/05 18:00"]),
        ("04/05/2021 09:00–11:00\n04/05/21 11h-12h", [MORNING]),
        ("2021-05-04 9h–12h", [MORNING]),
        ("04/05 : 9-12h", [MORNING]),
        ("mardi 4 mai de 9 h 00 à 12 h", [MORNING]),
        ("Le 4 mai 2021, 9h-10h, 10h30-12h", ["04/05 09:00 04/05 10:00", "04/05 10:30 04/05 12:00"]),
        ("le 4 mai", [TUESDAY]),
        ("le 4", [TUESDAY]),
        ("mercredi", [WEDNESDAY]),
        ("les 4 et 5 mai", [BOTH]),
        ("du mardi 4 au mercredi 5 mai", [BOTH]),
        ("du 04/05/2021 au 05/05/2021", [BOTH]),
        ("le 4 mai matin", ["04/05 00:00 04/05 13:00"]),
        ("mardi après-midi et mercredi matin", ["04/05 13:00 05/05 13:00"]),
        ("l’après-midi", ["04/05 13:00 05/05 00:00", "05/05 13:00 06/05 00:00"]),
        ("le 4 mai à partir de 14h ; le 5 avant 10 h 30", ["04/05 14:00 05/05 10:30"]),
        ("le 1er juin", ["01/06 00:00 02/06 00:00"]),
        ("matin du 4 mai", ["04/05 00:00 04/05 13:00"]),
        ("9h-12h le 4 mai", [MORNING]),
        ("matin et après-midi du 4 mai", [TUESDAY]),
        ("9h-12h mardi, 14h-16h mercredi", [MORNING, "05/05 14:00 05/05 16:00"]),
        ("mardi à partir de 9h jusqu’à 12h", [MORNING]),
        ("mardi après 9h et avant 12h", [MORNING]),
        ("mardi avant 9h et après 15h", ["04/05 00:00 04/05 09:00", "04/05 15:00 05/05 00:00"]),
        ("mardi matin à partir de 10h", ["04/05 10:00 04/05 13:00"]),
        ("4 mai toute la journée, 5 mai matin", ["04/05 00:00 05/05 13:00"]),
    ],
)
def test_what_people_write(text, expected):
    assert said(text) == expected


@pytest.mark.parametrize("text", ["toujours", "Oui.", "disponible", " ", " ; "])
def test_always(text):
    assert availability_in(text, DAYS) == ALWAYS


@pytest.mark.parametrize("text", ["Aucune", "indisponible", "non"])
def test_never(text):
    assert availability_in(text, DAYS) == NEVER


@pytest.mark.parametrize(
    "part",
    [
        "sauf le 4 mai", "pas le 4", "mardi peut-être", "04/05/2021 12:00-09:00", "31/02/2021", "04/05/2021 09:00",
        "le 4 à 12h", "le 7", "mercredi 4 mai", "jeudi", "9h-25h", "mai", "au 5 mai", "du 4 au", "toute la journée",
        "du 01/01/2001 au 01/01/2099", "4.30-5.30", "le 99999999999 mai",
        "4 mai 14h-18h, 9h-12h le 5 mai", "matin du 4 mai, 14h-16h",
    ],
)  # fmt: skip
def test_what_is_not_surely_understood_is_refused_and_named(part):
    with pytest.raises(UnreadableAvailabilityError) as caught:
        availability_in(f"05/05/2021 ; {part}", DAYS)
    assert str(caught.value) == part


MINUTES = st.integers(0, 24 * 60 - 1)


@given(st.lists(st.tuples(st.sampled_from(DAYS), MINUTES, MINUTES).filter(lambda span: span[1] < span[2]), min_size=1))
def test_spans_are_read_as_they_are_written_and_joined_where_they_touch(spans):
    text = " ; ".join(f"{day:%d/%m/%Y} {a // 60:02d}:{a % 60:02d}–{b // 60:02d}:{b % 60:02d}" for day, a, b in spans)
    read = availability_in(text, DAYS)
    minutes = {
        datetime.combine(day, datetime.min.time()) + timedelta(minutes=m) for day, a, b in spans for m in range(a, b)
    }
    assert sum((end - start) // timedelta(minutes=1) for start, end in read) == len(minutes)
    assert all(any(start <= minute < end for start, end in read) for minute in (min(minutes), max(minutes)))
    assert all(span.end < other.start for span, other in pairwise(read))


@given(st.text("0123456789/:-–h;., aulmedirtoc’é\n", max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        spans = availability_in(text, DAYS)
    except UnreadableAvailabilityError:
        return
    assert all(start < end for start, end in spans)
