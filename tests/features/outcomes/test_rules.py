"""Which act follows from what people decided, and what holds it back: the service's own state is the truth."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from eig_sheets.domain.decisions import (
    LAUREATE,
    PRESELECTED,
    REFUSED,
    REJECTED_INELIGIBLE,
    REJECTED_INSUFFICIENT,
    WAITING,
    WITHDRAWN,
)
from eig_sheets.domain.rules import EmailRules
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.features.outcomes.rules import (
    ACTS,
    ANNOUNCED_BY,
    Announcement,
    Dossier,
    DossierOutcome,
    OutcomeReason,
    OutcomeStatus,
    instruction_of,
    outcome_after,
    outcome_of,
)
from eig_sheets.features.outcomes.rules_acts import (
    DECIDED,
    UNDECIDED,
    Act,
    ActStage,
    DossierState,
    RecordedAct,
    last_decision,
    stage_after,
    with_past,
)
from tests.messages import CATALOGUE

pytestmark = pytest.mark.newest

ANNOUNCED = date(2021, 5, 6)
IN_INSTRUCTION = DossierState.IN_INSTRUCTION
SENT = DeliveryStatus.SENT
NOT_SENT = [None, *(status for status in DeliveryStatus if status is not SENT)]


def announcement(today=ANNOUNCED, *, by_service=False, announced=ANNOUNCED, preselection=None):
    rules = EmailRules(announced=announced, preselection_announced=preselection)
    return Announcement(rules, today, by_service)


def dossier(decision=None, preselection=None, feedback="Le retour.", told=SENT, *, is_readable=True):
    return Dossier("1", preselection, decision, feedback, is_readable, told)


def outcome(decided, state=IN_INSTRUCTION, last=None, when=None):
    return outcome_of(decided, state, last, when or announcement())


@pytest.mark.parametrize(
    ("decided", "act"),
    [
        (dossier(LAUREATE), Act.ACCEPT),
        (dossier(LAUREATE, PRESELECTED), Act.ACCEPT),
        (dossier(LAUREATE, feedback=None), Act.ACCEPT),
        (dossier(REFUSED), Act.REFUSE),
        (dossier(REFUSED, PRESELECTED), Act.REFUSE),
        (dossier(preselection=REJECTED_INELIGIBLE), Act.REFUSE),
        (dossier(REFUSED, REJECTED_INSUFFICIENT), Act.REFUSE),
        (dossier(WITHDRAWN, told=None), Act.DISMISS),
        (dossier(WITHDRAWN, REJECTED_INELIGIBLE, told=None), Act.DISMISS),
    ],
)
def test_a_decision_that_was_told_is_to_be_pushed_with_what_may_be_told(decided, act):
    expected = DossierOutcome("1", act, OutcomeStatus.TO_DO, (), IN_INSTRUCTION, decided.feedback or "", ANNOUNCED)
    assert outcome(decided) == expected


@pytest.mark.parametrize(
    ("decided", "when", "reasons"),
    [
        (dossier(REFUSED), announcement(date(2021, 5, 5)), (OutcomeReason.TOO_EARLY,)),
        (dossier(REFUSED), announcement(date(2021, 5, 5), by_service=True), (OutcomeReason.TOO_EARLY,)),
        (dossier(WITHDRAWN), announcement(date(2021, 5, 5)), (OutcomeReason.TOO_EARLY,)),
        (dossier(LAUREATE), announcement(announced=None), (OutcomeReason.NO_DATE,)),
        (dossier(REFUSED, feedback=None), announcement(), (OutcomeReason.NO_MOTIVATION,)),
        (dossier(WITHDRAWN, feedback=None), announcement(), (OutcomeReason.NO_MOTIVATION,)),
        (dossier(preselection=REJECTED_INELIGIBLE, feedback=None), announcement(), (OutcomeReason.NO_MOTIVATION,)),
        *(
            (dossier(LAUREATE, told=told), announcement(), (OutcomeReason.NOT_TOLD,))
            for told in {None, *DeliveryStatus} - {SENT}
        ),
        (
            dossier(preselection=REJECTED_INSUFFICIENT),
            announcement(preselection=date(2021, 5, 20)),
            (OutcomeReason.TOO_EARLY,),
        ),
        (
            dossier(REFUSED, feedback=None, told=None),
            announcement(date(2021, 5, 5)),
            (OutcomeReason.TOO_EARLY, OutcomeReason.NOT_TOLD, OutcomeReason.NO_MOTIVATION),
        ),
    ],
)
def test_every_reason_to_wait_is_given(decided, when, reasons):
    told = outcome(decided, when=when)
    assert (told.status, told.reasons) == (OutcomeStatus.HELD, reasons)


def test_where_the_service_writes_no_message_of_ours_is_waited_for():
    told = outcome(dossier(LAUREATE, told=None), when=announcement(by_service=True))
    assert (told.status, told.reasons) == (OutcomeStatus.TO_DO, ())


def test_the_preselection_is_announced_no_earlier_than_the_decisions():
    rejected = dossier(preselection=REJECTED_INSUFFICIENT)
    told = outcome(rejected, when=announcement(date(2021, 4, 30), preselection=date(2021, 4, 20)))
    assert (told.reasons, told.day) == ((OutcomeReason.TOO_EARLY,), ANNOUNCED)


@pytest.mark.parametrize("state", sorted(UNDECIDED))
def test_the_waiting_list_stays_en_instruction(state):
    assert outcome(dossier(WAITING), state) == DossierOutcome(
        "1", None, OutcomeStatus.NO_ACT, (OutcomeReason.WAITING_LIST,), state
    )


@pytest.mark.parametrize("state", [None, *sorted(UNDECIDED)])
def test_of_an_undecided_dossier_nothing_is_said(state):
    assert outcome(dossier(), state) is None
    assert outcome(dossier(preselection=PRESELECTED), state) is None


@pytest.mark.parametrize("decision", [None, WAITING])
@pytest.mark.parametrize("state", sorted(DECIDED))
def test_what_the_service_decided_without_the_sheet_is_said(decision, state):
    told = outcome(dossier(decision), state)
    assert (told.act, told.status, told.reasons) == (
        None,
        OutcomeStatus.CONTRADICTED,
        (OutcomeReason.UNDECIDED_HERE,),
    )


@pytest.mark.parametrize("decision", [LAUREATE, REFUSED, WITHDRAWN])
@pytest.mark.parametrize("state", sorted(DECIDED))
def test_a_dossier_decided_in_the_service_is_done_or_contradicted_never_pushed(decision, state):
    act = ACTS[decision]
    told = outcome(dossier(decision), state)
    if state is act.result:
        assert (told.status, told.reasons) == (OutcomeStatus.DONE, ())
    else:
        assert (told.status, told.reasons) == (OutcomeStatus.CONTRADICTED, (OutcomeReason.DECIDED_OTHERWISE,))


def test_a_decision_changed_after_it_was_pushed_is_said():
    told = outcome(dossier(REFUSED), DossierState.ACCEPTED, last=Act.ACCEPT)
    assert (told.status, told.reasons) == (OutcomeStatus.CONTRADICTED, (OutcomeReason.CHANGED_SINCE,))


def test_what_was_pushed_and_reopened_is_not_pushed_again_but_another_decision_may_be():
    assert outcome(dossier(LAUREATE), last=Act.ACCEPT).reasons == (OutcomeReason.REOPENED,)
    assert outcome(dossier(REFUSED), last=Act.ACCEPT).status is OutcomeStatus.TO_DO


def test_the_past_says_what_is_not_recorded_or_was_done_since():
    noon, later = datetime(2021, 5, 6, 12), datetime(2021, 5, 6, 13)

    def at(moment, stage, act=Act.ACCEPT):
        return RecordedAct("1", act, stage, moment)

    done, failed = at(noon, ActStage.DONE), at(noon, ActStage.NOT_DONE)
    assert with_past([], [done]) == {("1", Act.ACCEPT): done}
    assert with_past([failed], [at(later, ActStage.DONE)]) == {("1", Act.ACCEPT): at(later, ActStage.DONE)}
    assert with_past([at(later, ActStage.NOT_DONE)], [done]) == {("1", Act.ACCEPT): at(later, ActStage.NOT_DONE)}
    assert {*with_past([done], [at(noon, ActStage.DONE, Act.REFUSE)])} == {("1", Act.ACCEPT), ("1", Act.REFUSE)}


def test_the_last_decision_is_of_the_latest_act_that_was_done_and_decides():
    noon = datetime(2021, 5, 6, 12)

    def at(act, hours, stage=ActStage.DONE):
        return RecordedAct("1", act, stage, noon + timedelta(hours=hours))

    assert last_decision([]) is None
    assert last_decision([at(Act.INSTRUCT, 0)]) is None
    assert last_decision([at(Act.REFUSE, 2), at(Act.ACCEPT, 1), at(Act.INSTRUCT, 3)]) is Act.REFUSE
    assert last_decision([at(Act.ACCEPT, 1), at(Act.REFUSE, 2, ActStage.NOT_DONE)]) is Act.ACCEPT
    assert last_decision([at(Act.REFUSE, 1), at(Act.ACCEPT, 1)]) is Act.ACCEPT


@pytest.mark.parametrize(
    ("decided", "state", "reason"),
    [
        (dossier(REFUSED), None, OutcomeReason.ABSENT),
        (dossier(REFUSED), DossierState.EDITABLE, OutcomeReason.STILL_EDITABLE),
        (dossier(LAUREATE, REJECTED_INELIGIBLE), IN_INSTRUCTION, OutcomeReason.AMBIGUOUS),
        (dossier(WAITING, REJECTED_INSUFFICIENT), IN_INSTRUCTION, OutcomeReason.AMBIGUOUS),
        (dossier(LAUREATE, is_readable=False), IN_INSTRUCTION, OutcomeReason.UNREADABLE),
    ],
)
def test_what_the_sheet_or_the_service_does_not_allow_is_held_back(decided, state, reason):
    told = outcome(decided, state)
    assert (told.status, told.reasons) == (OutcomeStatus.HELD, (reason,))


def test_each_decision_that_asks_for_an_act_is_announced_by_e_mails_of_the_catalogue():
    assert ANNOUNCED_BY.keys() == ACTS.keys()
    for word, templates in ANNOUNCED_BY.items():
        field = "preselection" if word in (REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT) else "decision"
        assert all(word in CATALOGUE[template].accepts[field] for template in templates)


CLOSES, AFTER = datetime(2021, 4, 7, 23, 59, 59), datetime(2021, 4, 8)


@pytest.mark.parametrize(
    ("state", "done", "now", "expected"),
    [
        (DossierState.EDITABLE, (), AFTER, (OutcomeStatus.TO_DO, ())),
        (DossierState.EDITABLE, (), CLOSES, (OutcomeStatus.HELD, (OutcomeReason.CALL_OPEN,))),
        (DossierState.EDITABLE, (Act.INSTRUCT,), AFTER, (OutcomeStatus.HELD, (OutcomeReason.REOPENED,))),
        (IN_INSTRUCTION, (), AFTER, (OutcomeStatus.DONE, ())),
        (DossierState.ACCEPTED, (), AFTER, (OutcomeStatus.DONE, ())),
        (None, (), AFTER, (OutcomeStatus.HELD, (OutcomeReason.ABSENT,))),
    ],
)
def test_dossiers_are_taken_out_of_their_applicants_hands_once_the_call_is_closed(state, done, now, expected):
    told = instruction_of("1", state, done, CLOSES, now)
    assert (told.act, (told.status, told.reasons)) == (Act.INSTRUCT, expected)


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("state", [None, *DossierState])
def test_an_act_whose_answer_was_lost_is_done_not_done_or_unknown_by_the_state_of_its_dossier(act, state):
    done = {act.result} | (DECIDED if act is Act.INSTRUCT else frozenset())
    not_done = UNDECIDED - done
    expected = ActStage.DONE if state in done else ActStage.NOT_DONE if state in not_done else ActStage.INTENDED
    assert stage_after(act, state) is expected


@pytest.mark.parametrize(
    ("state", "status", "reasons"),
    [
        (DossierState.REFUSED, OutcomeStatus.DONE, ()),
        (IN_INSTRUCTION, OutcomeStatus.FAILED, ()),
        (DossierState.EDITABLE, OutcomeStatus.FAILED, ()),
        (DossierState.ACCEPTED, OutcomeStatus.CONTRADICTED, (OutcomeReason.DECIDED_OTHERWISE,)),
        (None, OutcomeStatus.HELD, (OutcomeReason.ABSENT,)),
    ],
)
def test_already_means_done_only_where_the_dossier_is_what_was_asked(state, status, reasons):
    """« Le dossier est déjà en construction » is no refusal that was done."""
    told = outcome_after(outcome(dossier(REFUSED)), state, "Le dossier est déjà …")
    assert (told.status, told.reasons, told.state) == (status, reasons, state)
