"""E-mails to who asks for advice, comes to a webinar or may apply: the days and the words that they wait for."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.domain.rules import EmailRules
from eig_sheets.emails.catalogue.due import Tables, short_name
from eig_sheets.emails.catalogue.entries import catalogue_of
from eig_sheets.emails.catalogue.selection import due, may_receive
from eig_sheets.features.advice.prospects import SUBMISSIONS
from eig_sheets.features.advice.rules import BOOKED, HELD, SLOT_STATES, Submissions
from eig_sheets.features.advice.settings import SlotSettings, Webinar
from tests.emails.catalogue.test_programme_conditions import JURORS, dossiers
from tests.messages import CATALOGUE, EIG5, TEMPLATES, settings

ANNA, BOB = "anna@a.example", "bob@b.example"
WEBINAR = Webinar(title="Présentation", starts=datetime(2021, 2, 12, 11), invited=date(2021, 2, 5))
OTHER = Webinar(title="Préparer", starts=datetime(2021, 3, 2, 14), invited=date(2021, 2, 23))
RULES = SlotSettings(webinars=(WEBINAR, OTHER), submission_reminders=(15, 3))
CLOSES = date(2021, 4, 7)
SLOT = datetime(2021, 2, 19, 14, 20)


def slots(*rows: tuple[datetime, str | None, str | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["debut", "email", "statut"]).astype({"debut": "datetime64[us]"})
    blanks = dict.fromkeys(("reserve_par", "projet", "administration"))
    return frame.astype({"email": object, "statut": object}).assign(row=range(2, 2 + len(frame)), **blanks)


def registrations(*rows: tuple[str, str, bool | None]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["webinaire", "email", "present"], dtype=object)
    return frame.assign(row=range(2, 2 + len(frame)), administration=None).astype({"present": "boolean"})


def due_on(today: date, rules: SlotSettings = RULES, told=(), disabled=(), facts=None, **tabs) -> pd.DataFrame:
    known = {SUBMISSIONS: Submissions(frozenset(), frozenset(), CLOSES)} if facts is None else facts
    tables = Tables(dossiers(), JURORS, others=tabs, facts=known)
    emails = EmailRules(disabled=("accuse_reception", *disabled))
    return due(tables, settings(emails, rules), today, dict.fromkeys(told), catalogue=catalogue_of(EIG5.features))


def found(today: date, *rules, **known) -> list[str]:
    return due_on(today, *rules, **known)["id"].tolist()


def named(template: str, email: str, number: str = "") -> str:
    return "-".join(filter(None, (template, short_name(email), number)))


def test_whoever_asks_for_a_slot_is_answered_once():
    asked = slots((None, ANNA, "Demandé"), (None, ANNA, "Demandé"), (SLOT, BOB, "Demandé"))
    assert found(date(2021, 2, 10), creneaux=asked) == [
        named("proposition_creneaux", ANNA), named("proposition_creneaux", BOB),
    ]  # fmt: skip
    nobody = slots((None, None, "Demandé")).assign(reserve_par="Claude")
    assert found(date(2021, 2, 10), creneaux=nobody) == ["proposition_creneaux-Claude"]


CONFIRMED = named("confirmation_creneau", ANNA, "2021-02-19-1420")
REMINDER = named("rappel_creneau", ANNA, "2021-02-19-1420")


@pytest.mark.parametrize(
    ("today", "told", "disabled", "state", "expected"),
    [
        (SLOT.date() - timedelta(2), [CONFIRMED], (), BOOKED, [CONFIRMED]),
        (SLOT.date() - timedelta(1), [CONFIRMED], (), BOOKED, [CONFIRMED, REMINDER]),
        (SLOT.date(), [CONFIRMED], (), BOOKED, [CONFIRMED, REMINDER]),
        (SLOT.date() + timedelta(1), [CONFIRMED], (), BOOKED, []),
        (SLOT.date() - timedelta(1), [], (), BOOKED, [CONFIRMED]),  # the confirmation does, and is about to leave
        (SLOT.date() - timedelta(1), [], ("confirmation_creneau",), BOOKED, [REMINDER]),  # the tool confirms
        (SLOT.date() - timedelta(1), [CONFIRMED], (), "Annulé", []),
    ],
)
def test_a_slot_is_recalled_the_day_before_once_it_was_confirmed(today, told, disabled, state, expected):
    rules = RULES.model_copy(update={"webinars": ()})
    assert found(today, rules, told, disabled, creneaux=slots((SLOT, ANNA, state))) == expected


REGISTERED, INVITED, RECALLED, RECORDED = (
    named(template, ANNA, "2021-02-12-1100")
    for template in (
        "confirmation_inscription",
        "invitation_webinaire",
        "rappel_webinaire",
        "enregistrement_webinaire",
    )
)


@pytest.mark.parametrize(
    ("day", "told", "disabled", "expected"),
    [
        (1, (), (), [REGISTERED]),
        (11, (), (), [REGISTERED]),
        (11, (REGISTERED,), (), [REGISTERED, RECALLED]),
        (11, (INVITED,), (), [REGISTERED, RECALLED]),
        (11, (), ("confirmation_inscription",), [RECALLED]),
        (12, (REGISTERED,), (), [REGISTERED, RECALLED]),
        (13, (REGISTERED,), (), []),
    ],
)
def test_a_registration_is_confirmed_then_recalled_the_day_before(day, told, disabled, expected):
    rows = registrations(("Présentation", ANNA, None), ("Présentation", ANNA, True))
    assert found(date(2021, 2, day), RULES, told, disabled, inscriptions=rows) == expected


def test_who_registered_is_not_invited_too():
    booked = slots((datetime(2021, 2, 1, 10), ANNA, HELD), (datetime(2021, 2, 1, 11), BOB, HELD))
    rows = registrations(("Présentation", ANNA, None))
    assert found(date(2021, 2, 8), creneaux=booked, inscriptions=rows) == [
        named("invitation_webinaire", BOB, "2021-02-12-1100"), REGISTERED,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("today", "sent"),
    [(date(2021, 2, 11), False), (date(2021, 2, 12), True), (CLOSES, True), (CLOSES + timedelta(1), False)],
)
def test_a_recording_is_sent_to_present_and_absent_once_it_is_there_until_the_closing(today, sent):
    recorded = WEBINAR.model_copy(update={"recording": "https://exemple.invalid/video"})
    rules = RULES.model_copy(update={"webinars": (recorded, OTHER), "submission_reminders": ()})
    rows = registrations(("Présentation", ANNA, True), ("Présentation", BOB, False), ("Préparer", BOB, None))
    ids = {named("enregistrement_webinaire", email, "2021-02-12-1100") for email in (ANNA, BOB)}
    assert {
        sending_id for sending_id in found(today, rules, inscriptions=rows) if sending_id.startswith("enregistrement")
    } == (ids if sent else set())
    assert not ids & {*found(today, inscriptions=rows)}


def reminders(today: date, **known) -> list[str]:
    return [sending_id for sending_id in found(today, **known) if sending_id.startswith("relance_depot")]


@pytest.mark.parametrize(("before", "number"), [(16, None), (15, "j15"), (4, "j15"), (3, "j3"), (0, "j3"), (-1, None)])
def test_who_came_and_has_no_dossier_is_reminded_once_each_time_and_never_after_the_closing(before, number):
    came = slots((SLOT, ANNA, HELD), (SLOT, ANNA, HELD), (SLOT, BOB, BOOKED))
    attended = registrations(("Présentation", ANNA, True), ("Présentation", BOB, True), ("Préparer", BOB, True),
                             ("Préparer", "chloe@c.example", False))  # fmt: skip
    expected = [named("relance_depot", ANNA, number), named("relance_depot_webinaire", BOB, number)] if number else []
    assert reminders(CLOSES - timedelta(before), creneaux=came, inscriptions=attended) == expected


def test_who_was_reminded_under_one_name_is_not_under_the_other():
    attended = registrations(("Présentation", ANNA, True))
    [first] = reminders(CLOSES - timedelta(15), inscriptions=attended)
    came = slots((SLOT, ANNA, HELD))
    assert reminders(CLOSES - timedelta(14), creneaux=came, inscriptions=attended, told=[first]) == []
    assert reminders(CLOSES - timedelta(3), creneaux=came, inscriptions=attended, told=[first]) == [
        named("relance_depot", ANNA, "j3")
    ]


@pytest.mark.parametrize(
    ("address", "organisation", "left_alone"),
    [
        ("anna@a.example", "", True),
        ("ANNA@A.example", "", True),
        ("other@a.example", "", False),  # a domain alone says nothing: ministries have many projects
        ("other@a.example", "agence fictive", True),
        ("", "", False),
    ],
)
def test_an_address_or_an_organisation_of_any_dossier_is_enough_to_be_left_alone(address, organisation, left_alone):
    known = {SUBMISSIONS: Submissions(frozenset({address.casefold()}), frozenset({organisation}), CLOSES)}
    came = slots((SLOT, ANNA, HELD)).assign(administration="Agence  Fictive")
    assert (reminders(CLOSES - timedelta(15), creneaux=came, facts=known) == []) == left_alone
    nameless = came.assign(administration=None)
    reminded = reminders(CLOSES - timedelta(15), creneaux=nameless, facts=known)
    assert (reminded == []) == (address.casefold() == ANNA)


def test_without_dossiers_known_or_days_nobody_is_reminded():
    came = slots((SLOT, ANNA, HELD))
    assert found(CLOSES, facts={}, creneaux=came) == []
    assert reminders(CLOSES, rules=RULES.model_copy(update={"submission_reminders": ()}), creneaux=came) == []


VISIT = datetime(2021, 2, 12, 14, 20)


@pytest.mark.parametrize(
    ("state", "today", "expected"),
    [
        (BOOKED, VISIT.date(), ["confirmation_creneau"]),
        (BOOKED, VISIT.date() - timedelta(9), ["confirmation_creneau"]),
        (BOOKED, VISIT.date() + timedelta(1), []),
        *((state, VISIT.date() - timedelta(9), []) for state in (None, "Libre", HELD, "Annulé")),
    ],
)
def test_a_booked_slot_is_confirmed_until_its_day(state, today, expected):
    rules = RULES.model_copy(update={"webinars": ()})
    assert found(today, rules, creneaux=slots((VISIT, "a@example.org", state))) == [
        f"{template}-a-e16bfe08be-2021-02-12-1420" for template in expected
    ]


def test_a_slot_that_moves_is_confirmed_again_and_one_typed_twice_once():
    rows = slots((VISIT, "a@example.org", BOOKED), (VISIT, "a@example.org", BOOKED))
    moved = slots((VISIT + timedelta(1), "a@example.org", BOOKED))
    first, second = (found(date(2021, 2, 3), creneaux=booked) for booked in (rows, moved))
    assert (len(first), len(second), set(first) & set(second)) == (1, 1, set())


def test_a_slot_without_an_address_is_reported_so_that_someone_fills_it():
    rows = slots((VISIT, None, BOOKED), (VISIT, None, BOOKED))
    rows.loc[0, "reserve_par"] = "Claude"
    assert found(date(2021, 2, 3), creneaux=rows) == [
        "confirmation_creneau-Claude-2021-02-12-1420",
        "confirmation_creneau-8a8de823d5-2021-02-12-1420",
    ]


@pytest.mark.parametrize(
    ("today", "moments"),
    [
        (date(2021, 2, 4), []),
        (date(2021, 2, 5), ["2021-02-12-1100"]),
        (date(2021, 2, 10), ["2021-02-12-1100", "2021-03-02-1400"]),
        (date(2021, 2, 13), ["2021-03-02-1400"]),
        (date(2021, 3, 2), ["2021-03-02-1400"]),
        (date(2021, 3, 3), []),
    ],
)
def test_each_person_who_booked_is_invited_once_to_each_webinar(today, moments):
    past = datetime(2021, 2, 1, 10)
    rows = slots(
        (past, "a@example.org", HELD), (VISIT, "a@example.org", HELD), (VISIT, "b@example.org", "Annulé"),
        (VISIT, None, HELD), (VISIT, "c@example.org", "Libre"),
    )  # fmt: skip
    rules = RULES.model_copy(update={"webinars": (WEBINAR, OTHER.model_copy(update={"invited": date(2021, 2, 10)}))})
    assert found(today, rules, creneaux=rows) == [f"invitation_webinaire-a-e16bfe08be-{moment}" for moment in moments]


VISITS = st.lists(
    st.tuples(
        st.datetimes(datetime(2021, 2, 1), datetime(2021, 3, 9)),
        st.sampled_from([None, "a@example.org", "a@example.test", "b+c@example.org"]),
        st.sampled_from([None, *SLOT_STATES]),
    ),
    max_size=5,
).map(lambda rows: slots(*rows))


@pytest.mark.slow
@given(VISITS, st.dates(date(2021, 2, 1), date(2021, 3, 15)), st.randoms(use_true_random=False))
def test_a_booked_slot_alone_is_confirmed_whatever_the_order_of_the_rows(visits, today, random):
    rows = due_on(today, facts={}, creneaux=visits)
    assert rows["id"].is_unique
    assert rows["template"].map(TEMPLATES.index).is_monotonic_increasing
    for row in rows.itertuples():
        assert may_receive(CATALOGUE[row.template], visits)[visits["row"] == row.row].all()
        assert row.template != "confirmation_creneau" or visits.set_index("row").loc[row.row, "statut"] == BOOKED
    shuffled = visits.sample(frac=1, random_state=random.randrange(1000))
    assert found(today, facts={}, creneaux=shuffled) == rows["id"].tolist()
