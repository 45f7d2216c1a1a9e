"""What moves, adds to or takes off a slot or a webinar: each case by what the calendars of people end with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from eig_sheets.emails.catalogue.deliveries import Stage
from eig_sheets.emails.catalogue.due import message_id
from eig_sheets.emails.outbox.fingerprints import fingerprint_of, with_checksum, without_checksum
from tests.effort import first as short_form
from tests.features.advice.calendars import CLAUDE, DANY, MARCH, AdviceTeam, advised, slot, webinar

INTRODUCTION, QUESTIONS, NEW = webinar("Présentation", 2), webinar("Questions", 9), webinar("Nouveau", 1)


def at(hour, projet="Phare"):
    return MARCH + timedelta(hours=hour), f"Rendez-vous : {projet}"


def shown(webinars):
    return [(webinar.starts, f"Webinaire : {webinar.title}") for webinar in webinars]


def moved(one, **changes):
    return one.model_copy(update=changes)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("after", "asked"),
    short_form(
        3,
        [
            ((QUESTIONS,), ["CANCEL"]),  # the first is removed
            ((INTRODUCTION,), ["CANCEL"]),
            ((NEW, INTRODUCTION, QUESTIONS), ["REQUEST"]),  # one more is inserted first
            ((QUESTIONS, INTRODUCTION), []),  # another order
            ((INTRODUCTION, moved(QUESTIONS, starts=datetime(2021, 3, 11, 10))), ["REQUEST"]),
            ((moved(INTRODUCTION, title="Présentation de l’appel"), QUESTIONS), ["REQUEST"]),
            (
                (moved(INTRODUCTION, title="Présentation de l’appel", starts=NEW.starts), QUESTIONS),
                ["CANCEL", "REQUEST"],
            ),
            (
                (moved(INTRODUCTION, starts=QUESTIONS.starts), moved(QUESTIONS, starts=INTRODUCTION.starts)),
                ["REQUEST", "REQUEST"],
            ),  # both hours are exchanged
            ((moved(QUESTIONS, starts=INTRODUCTION.starts),), ["CANCEL", "REQUEST"]),  # it takes the place of the other
            ((), ["CANCEL", "CANCEL"]),  # no webinar is left
        ],
    ),
)
def test_webinars_of_the_configuration(after, asked):
    team = advised(slots=[slot(9, statut="Tenu")], webinars=(INTRODUCTION, QUESTIONS))
    uids = team.uids()
    team.webinars = after
    team.send_all()
    assert sorted(method for method, _ in team.asked()) == asked
    assert team.calendar() == sorted(shown(after))
    kept = {webinar.title for webinar in after} & {"Présentation", "Questions"}
    assert len(team.uids() & uids) >= len(kept)


@pytest.mark.slow
def test_two_sessions_under_one_title_are_two_webinars():
    again = moved(INTRODUCTION, starts=datetime(2021, 3, 16, 14))
    team = advised(slots=[slot(9)], webinars=(INTRODUCTION, again))
    team.webinars = (again,)
    team.send_all()
    assert [method for method, _ in team.asked()] == ["CANCEL"]
    assert [event for event in team.calendar() if "Webinaire" in event[1]] == shown([again])


@pytest.mark.slow
@pytest.mark.parametrize("state", short_form(1, ["Libre", "Annulé", None]))
def test_a_webinar_takes_place_whatever_becomes_of_the_slot_of_who_was_invited(state):
    team = advised(slots=[slot(9)], webinars=(INTRODUCTION,))
    team.slots[0]["statut"] = state
    team.send_all()
    assert team.calendar() == shown([INTRODUCTION])
    team.webinars = (moved(INTRODUCTION, invited=date(2021, 2, 20)),)
    assert team.send_all() == []


def first(team: AdviceTeam) -> dict[str, Any]:
    return team.slots[0]


def given_up(team):
    first(team)["statut"] = "Libre"


def called_off(team):
    first(team)["statut"] = "Annulé"


def deleted(team):
    del team.slots[0]


def later(team):
    first(team)["debut"] = MARCH + timedelta(hours=11)


def both_moved(team):
    for booked in team.slots:
        booked["debut"] += timedelta(hours=1)


def exchanged(team):
    first, other = team.slots
    first["debut"], other["debut"] = other["debut"], first["debut"]


def reordered(team):
    team.slots.reverse()


def another_first(team):
    team.slots.insert(0, slot(8))


def renamed(team):
    first(team)["projet"] = "Le Phare"


def longer(team):
    first(team)["duree"] = 45


def given_to_dany(team):
    first(team).update(email=DANY, reserve_par="Dany Petit")


def held(team):
    first(team)["statut"] = "Tenu"


def erased_hour(team):
    first(team)["debut"] = None


def unreadable_hour(team):
    first(team)["debut"] = "lundi, 9 h ou 10 h"


def unreadable_state(team):
    first(team)["statut"] = "Réservé ?"


def erased_address(team):
    first(team)["email"] = None


def wrong_address(team):
    first(team)["email"] = "claude chez exemple"


SLOTS: list[tuple[Callable[[AdviceTeam], None], list[str], list[tuple[datetime, str]], int]] = [
    # what is done to the slots of 9 and 15, what each message asks, what Claude's calendar shows, uids that stay
    (given_up, ["CANCEL"], [at(15)], 1),
    (called_off, ["CANCEL"], [at(15)], 1),
    (deleted, ["CANCEL"], [at(15)], 1),
    (later, ["REQUEST"], [at(11), at(15)], 2),
    (both_moved, ["REQUEST", "REQUEST"], [at(10), at(16)], 2),
    (exchanged, [], [at(9), at(15)], 2),
    (reordered, [], [at(9), at(15)], 2),
    (another_first, ["REQUEST"], [at(8), at(9), at(15)], 2),
    (renamed, ["REQUEST"], [at(9, "Le Phare"), at(15)], 2),
    (longer, ["REQUEST"], [at(9), at(15)], 2),
    (given_to_dany, ["CANCEL", "REQUEST"], [at(15)], 1),
    (held, [], [at(9), at(15)], 2),
    (erased_hour, [], [at(9), at(15)], 2),
    (unreadable_hour, [], [at(9), at(15)], 2),
    (unreadable_state, [], [at(9), at(15)], 2),
    (erased_address, [], [at(9), at(15)], 2),
    (wrong_address, [], [at(9), at(15)], 2),
]


@pytest.mark.slow
@pytest.mark.parametrize(("change", "asked", "expected", "kept"), short_form(4, SLOTS))
@pytest.mark.parametrize("lost", short_form(1, [False, True]))
def test_one_of_two_slots(change, asked, expected, kept, lost):
    team = advised(slots=[slot(9), slot(15)])
    uids = team.uids()
    if lost:
        team.lose_state()
    change(team)
    team.send_all()
    assert sorted(method for method, _ in team.asked()) == asked
    assert team.calendar() == expected
    assert len(team.uids() & uids) == kept


@pytest.mark.slow
def test_two_slots_about_two_projects_exchange_their_hours():
    team = advised(slots=[slot(9), slot(15, projet="Nef")])
    exchanged(team)
    team.send_all()
    assert [method for method, _ in team.asked()] == ["REQUEST", "REQUEST"]
    assert team.calendar() == [at(9, "Nef"), at(15)]


@pytest.mark.slow
def test_one_is_given_up_and_the_other_moves():
    team = advised(slots=[slot(9), slot(15)])
    del team.slots[1]
    later(team)
    team.send_all()
    assert sorted(method for method, _ in team.asked()) == ["CANCEL", "REQUEST"]
    assert team.calendar() == [at(11)]


@pytest.mark.slow
def test_a_slot_that_goes_to_somebody_else_is_off_for_the_first_alone():
    team = advised(slots=[slot(9)])
    given_to_dany(team)
    mine, theirs = (message_id("confirmation_creneau", visitor, "2021-03-15-0900") for visitor in (CLAUDE, DANY))
    assert sorted(team.send_all()) == [f"annulation-{mine}", theirs]
    assert (team.calendar(), team.calendar(DANY)) == ([], [at(9)])


@pytest.mark.slow
def test_a_corrected_address_is_sent_to_and_the_old_one_may_be_left_alone():
    team = advised(slots=[slot(9)])
    first(team)["email"] = "claude.roux@exemple.invalid"
    team.night()
    [off] = [line for line in team.lines if line.template == "annulation"]
    assert off.detail.replace("\u202f", " ") == (
        "Ce rendez-vous est maintenant à claude.roux@exemple.invalid. Si c’est la même personne, dont l’adresse a été "
        "corrigée, cochez « Ne pas envoyer »."
    )
    team.send_all()
    assert team.calendar("claude.roux@exemple.invalid") == [at(9)]
    assert team.calendar() == []


@pytest.mark.slow
def test_what_was_called_off_comes_back_as_another_appointment():
    """Calendars that keep the uid of what was called off would leave it out."""
    team = advised(slots=[slot(9)])
    given_up(team)
    team.send_all()
    first(team)["statut"] = "Réservé"
    team.send_all()
    assert [(asked, sequence) for asked, _, sequence, *_ in team.heard] == [("CANCEL", 1), ("REQUEST", 0)]
    assert len({uid for _, uid, *_ in team.heard}) == 2
    assert team.calendar() == [at(9)]
    for _ in range(2):
        given_up(team)
        team.send_all()
        first(team)["statut"] = "Réservé"
        team.send_all()
    assert len({uid for asked, uid, *_ in team.heard if asked == "REQUEST"}) == 3
    assert team.calendar() == [at(9)]


@pytest.mark.slow
def test_it_moves_and_comes_back_and_moves_twice_before_anything_is_sent():
    team = advised(slots=[slot(9)])
    [uid] = team.uids()
    for hour in (11, 9, 12, 13):
        first(team)["debut"] = MARCH + timedelta(hours=hour)
        team.night()
    assert [email.row.id[-4:] for email in team.ready()] == ["1300"]
    team.send_all()
    for hour in (9, 13):
        first(team)["debut"] = MARCH + timedelta(hours=hour)
        team.send_all()
    assert [(asked, sequence) for asked, _, sequence, *_ in team.heard] == [("REQUEST", n) for n in (1, 2, 3)]
    assert (team.uids(), team.calendar()) == ({uid}, [at(13)])


def test_a_cancellation_that_did_not_leave_is_taken_back():
    team = advised(slots=[slot(9), slot(15)])
    given_up(team)
    assert [email.template for email in team.ready()] == ["annulation"]
    first(team)["statut"] = "Réservé"
    assert team.send_all() == []


@pytest.mark.slow
def test_a_cancellation_that_a_person_says_never_left_leaves_what_is_due_alone():
    """The appointment is then told twice, at the hour where it stands: neither of the two is announced as off."""
    team = advised(slots=[slot(9)])
    given_up(team)
    [off] = team.ready()
    team.send(off, Stage.INTENDED, arrives=False)
    first(team)["statut"] = "Réservé"
    team.send_all()
    team.send(off, Stage.SETTLED, arrives=False)
    assert team.send_all() == []
    later(team)
    team.send_all()
    assert sorted(method for method, _ in team.asked()) == ["CANCEL", "REQUEST", "REQUEST"]
    assert team.calendar() == [at(11)]


@pytest.mark.slow
def test_an_invitation_whose_delivery_is_uncertain_is_moved_too():
    team = AdviceTeam(slots=[slot(9)])
    [email] = team.ready()
    team.send(email, Stage.INTENDED)
    later(team)
    team.send_all()
    assert team.calendar() == [at(11)]


def test_a_template_that_is_switched_off_calls_nothing_off():
    team = advised(slots=[slot(9)], webinars=(INTRODUCTION,))
    team.disabled += ("confirmation_creneau", "invitation_webinaire")
    team.slots.clear()
    team.webinars = ()
    assert team.send_all() == []


@pytest.mark.slow
def test_a_column_that_is_not_there_calls_nothing_off():
    team = advised(slots=[slot(9)])
    for column in ("statut", "email"):
        team.without = {"creneaux": [column]}
        assert team.send_all() == []


@pytest.mark.slow
def test_what_is_over_is_neither_moved_nor_called_off():
    team = advised(slots=[slot(9)])
    [uid] = team.uids()
    team.today = date(2021, 3, 16)
    first(team)["debut"] = MARCH + timedelta(days=7, hours=9)
    team.send_all()
    assert [method for method, _ in team.asked()] == ["REQUEST"]
    assert uid in team.uids()
    assert len(team.calendar()) == 2
    team.today = date(2021, 3, 23)
    team.slots.clear()
    assert team.send_all() == []


@pytest.mark.slow
def test_what_was_held_today_is_not_moved_to_the_next_one():
    team = advised(slots=[slot(9)])
    team.today = MARCH.date()
    held(team)
    team.slots.append(slot(24 + 10))
    team.send_all()
    assert team.calendar() == [at(9), at(34)]


def written_by_an_earlier_version(team: AdviceTeam) -> dict[str, str]:
    """Give the lines of `Envois` the uids of versions that made them of ranks: those of before, by the new one."""
    uids = {}
    for line in team.lines:
        fingerprint, genuine = without_checksum(line.fingerprint, line.id, line.template, line.numero, line.state)
        assert genuine
        if fingerprint and fingerprint.booked:
            uids[fingerprint.booked.uid] = f"{fingerprint.booked.uid[:8]}-rang-{len(uids)}@eig5.eig-sheets"
            fingerprint = replace(fingerprint, booked=replace(fingerprint.booked, uid=uids[fingerprint.booked.uid]))
        about = (line.id, line.template, line.numero, line.state)
        object.__setattr__(line, "fingerprint", with_checksum(fingerprint, *about))
    return uids


@pytest.mark.slow
def test_who_was_invited_by_an_earlier_version_keeps_the_uid():
    team = advised(slots=[slot(9), slot(15)], webinars=(INTRODUCTION, QUESTIONS))
    team.lose_state()
    old = written_by_an_earlier_version(team)
    assert team.send_all() == []
    del team.slots[0]
    team.slots[0]["debut"] += timedelta(hours=1)
    team.webinars = (moved(QUESTIONS, starts=datetime(2021, 3, 11, 10)),)
    team.send_all()
    assert [(asked, uid in old.values(), sequence) for asked, uid, sequence, *_ in team.heard] == [
        ("REQUEST", True, 1), ("REQUEST", True, 1), ("CANCEL", True, 1), ("CANCEL", True, 1),
    ]  # fmt: skip
    assert len({uid for _, uid, *_ in team.heard}) == 4


def test_rows_that_an_earlier_version_added_and_that_wait_keep_their_uid():
    team = AdviceTeam(slots=[slot(9), slot(15)])
    drafts = {draft.id: draft for draft in team.look().added}
    team.night()
    for rank, line in enumerate(team.lines):
        draft = drafts[line.id]
        event = replace(draft.event, uid=f"creneau-claude-rang-{rank}@eig5.eig-sheets")
        fingerprint = fingerprint_of(replace(draft, event=event), draft.outcome)
        cells = line.id, line.template, line.numero, line.state
        object.__setattr__(line, "fingerprint", with_checksum(fingerprint, *cells))
    status = team.look()
    assert status.added == ()
    assert {email.email.event.uid for email in status.ready} == {
        f"creneau-claude-rang-{rank}@eig5.eig-sheets" for rank in (0, 1)
    }


@pytest.mark.slow
def test_lines_of_envois_that_were_mixed_up_bring_nobody_the_appointment_of_another():
    team = advised(slots=[slot(9), slot(15, DANY)])
    mine, theirs = team.uids(), team.uids(DANY)
    team.lose_state()
    fingerprints = [line.fingerprint for line in team.lines]
    for line, fingerprint in zip(team.lines, reversed(fingerprints), strict=True):
        object.__setattr__(line, "fingerprint", fingerprint)
    for one in team.slots:
        one["debut"] += timedelta(hours=1)
    team.send_all()
    assert not {uid for _, uid, _, address, _ in team.heard if address == CLAUDE} & theirs
    assert not {uid for _, uid, _, address, _ in team.heard if address == DANY} & mine


@pytest.mark.slow
def test_an_appointment_that_comes_back_has_another_uid_when_lines_of_envois_were_mixed_up():
    """The fingerprint of the cancellation beside the invitation continues nothing: some calendars ignore its uid."""
    team = advised(slots=[slot(9)])
    team.slots.clear()
    [cancellation] = team.send_all()
    cancelled = {uid for _, uid, *_ in team.heard}
    team.lose_state()
    invitation, off = sorted(team.lines, key=lambda line: line.id == cancellation)
    written = invitation.fingerprint, off.fingerprint
    for line, fingerprint in zip((off, invitation), written, strict=True):
        object.__setattr__(line, "fingerprint", fingerprint)
    team.heard.clear()
    team.slots.append(slot(9))
    team.send_all()
    assert [(asked, uid in cancelled) for asked, uid, *_ in team.heard] == [("REQUEST", False)]
    assert team.calendar() == [at(9)]
