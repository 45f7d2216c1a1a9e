"""E-mails due: none announces what nobody decided, none is due twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from eig_sheets.emails.catalogue.due import Tables
from eig_sheets.emails.catalogue.selection import COLUMNS, may_receive
from eig_sheets.emails.catalogue.selection import due as due_in
from tests.messages import CATALOGUE, TEMPLATES, settings

pytestmark = pytest.mark.newest

BEFORE, REPLY = date(2021, 4, 12), date(2021, 4, 30)
FIRST, SECOND = date(2021, 4, 29), date(2021, 5, 3)
RULES = EmailRules(reply_before=REPLY, reminders=(SECOND, FIRST), disabled=("accuse_reception",))
ALL_RULES = RULES.model_copy(
    update={"disabled": (), "jury_invited": date(2021, 4, 12), "jury_thanked": date(2021, 5, 6)}
)

COMPLETE = {
    "numero": "90001", "eligibility": "eligible", "to_complete": (), "preselection": None, "decision": None,
    "audition": None, "cofin_requested": None, "cofin_missing": (),
}  # fmt: skip


def _dossiers(*changes: dict[str, object]) -> pd.DataFrame:
    rows = [{"row": row} | COMPLETE | change for row, change in enumerate(changes, 2)]
    return pd.DataFrame(rows, columns=["row", *COMPLETE]).astype({"audition": "datetime64[us]"})


def _jurors(*people: tuple[object, ...]) -> pd.DataFrame:
    rows = [(row, *person, *(False,) * (3 - len(person))) for row, person in enumerate(people, 2)]
    jurors = pd.DataFrame(rows, columns=["row", "email", "pending", "took_part"])
    return jurors.assign(received=[()] * len(rows), receipt="")


def due(dossiers: pd.DataFrame, jurors: pd.DataFrame, rules: EmailRules, today: date, told=()) -> pd.DataFrame:
    return due_in(Tables(dossiers, jurors), settings(rules), today, dict.fromkeys(told))


def _templates(today=BEFORE, rules=RULES, **change: object) -> list[str]:
    return due(_dossiers(change), _jurors(), rules, today)["template"].tolist()


ASKED = {"cofin_requested": True, "cofin_missing": ("programme",)}
CASES = [
    ({}, []),
    ({"eligibility": "a_instruire", "to_complete": ("fiche",)}, ["pieces_manquantes"]),
    ({"eligibility": "a_instruire"}, []),
    ({"eligibility": "eligible", "to_complete": ("fiche",)}, []),
    ({"eligibility": "a_instruire", "to_complete": ("fiche",), "preselection": PRESELECTED}, ["convocation_jury"]),
    ({"eligibility": "a_instruire", "to_complete": ("fiche",), "decision": WITHDRAWN}, []),
    ({"eligibility": "ineligible"}, []),
    ({"preselection": REJECTED_INELIGIBLE}, ["ineligible"]),
    ({"preselection": REJECTED_INELIGIBLE, "decision": REFUSED}, ["ineligible"]),
    ({"preselection": REJECTED_INELIGIBLE, "decision": WITHDRAWN}, []),
    ({"preselection": REJECTED_INELIGIBLE, "decision": LAUREATE}, []),
    ({"preselection": REJECTED_INSUFFICIENT}, ["non_preselectionne"]),
    ({"preselection": REJECTED_INSUFFICIENT, "decision": REFUSED}, ["non_preselectionne"]),
    ({"preselection": REJECTED_INSUFFICIENT, "decision": WITHDRAWN}, []),
    ({"preselection": REJECTED_INSUFFICIENT, "decision": LAUREATE}, []),
    ({"preselection": REJECTED_INSUFFICIENT, "decision": WAITING}, []),
    ({"preselection": PRESELECTED}, ["convocation_jury"]),
    ({"preselection": PRESELECTED, "decision": LAUREATE}, ["laureat"]),
    ({"preselection": PRESELECTED, "decision": WAITING}, ["liste_attente"]),
    ({"preselection": PRESELECTED, "decision": REFUSED}, ["non_retenu"]),
    ({"preselection": PRESELECTED, "decision": WITHDRAWN}, []),
    ({"decision": LAUREATE} | ASKED, ["laureat", "cofinancement_a_completer"]),
    ({"decision": LAUREATE, "cofin_requested": None, "cofin_missing": ("demande",)}, ["laureat"]),
    ({"decision": LAUREATE, "cofin_requested": True}, ["laureat"]),
    ({"decision": WAITING} | ASKED, ["liste_attente"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "expected"), CASES)
def test_each_word_has_its_message(change, expected):
    assert _templates(**change) == expected


def test_an_acknowledgement_is_due_once_enabled_and_until_someone_decided():
    assert _templates(rules=ALL_RULES) == ["accuse_reception"]
    assert _templates(rules=ALL_RULES, decision=WITHDRAWN) == []


@pytest.mark.parametrize("reply_before", [REPLY, datetime(2021, 4, 30, 12)])
def test_nobody_is_asked_to_reply_before_a_day_that_has_passed(reply_before):
    rules = RULES.model_copy(update={"reply_before": reply_before})
    incomplete = {"eligibility": "a_instruire", "to_complete": ("fiche",)}
    assert _templates(today=REPLY, rules=rules, **incomplete) == ["pieces_manquantes"]
    assert _templates(today=REPLY + timedelta(1), rules=rules, **incomplete) == []


def test_a_laureate_from_the_waiting_list_gets_another_message():
    dossiers = _dossiers({"decision": LAUREATE}, {"numero": "90002", "decision": LAUREATE}, {"numero": "90003"})
    due_rows = due(dossiers, _jurors(), RULES, BEFORE, ["liste_attente-90001", "liste_attente-90003", "laureat-90009"])
    assert due_rows["id"].tolist() == ["laureat-90002", "promotion_liste_attente-90001"]


@pytest.mark.parametrize(
    ("own", "day"), [(None, date(2021, 5, 10)), (date(2021, 4, 28), date(2021, 4, 28)), (FIRST, FIRST)]
)
def test_those_set_aside_wait_for_their_own_day_or_for_that_of_decisions(own, day):
    rules = RULES.model_copy(update={"announced": date(2021, 5, 10), "preselection_announced": own})
    for change in ({}, {"decision": REFUSED}):
        case = {"preselection": REJECTED_INSUFFICIENT} | change
        assert _templates(today=day - timedelta(1), rules=rules, **case) == []
        assert _templates(today=day, rules=rules, **case) == ["non_preselectionne"]


def test_decisions_wait_for_the_announced_day():
    rules = RULES.model_copy(update={"announced": date(2021, 5, 10)})
    for decision in (LAUREATE, WAITING, REFUSED):
        assert _templates(today=date(2021, 5, 9), rules=rules, decision=decision) == []
        assert len(_templates(today=date(2021, 5, 10), rules=rules, decision=decision)) == 1


@pytest.mark.parametrize(
    ("today", "round_"),
    [
        (FIRST - timedelta(1), None),
        (FIRST, "2021-04-29"),
        (SECOND - timedelta(1), "2021-04-29"),
        (SECOND, "2021-05-03"),
    ],
)
def test_a_late_juror_is_reminded_once_a_reminder_date(today, round_):
    due_rows = due(_dossiers(), _jurors(("a@example.org", ("90001", "90002")), ("b@example.org", ())), RULES, today)
    people = list(due_rows[["person", "round", "numero"]].itertuples(index=False, name=None))
    assert people == ([("a@example.org", round_, None)] if round_ else [])


INVITED, THANKED = date(2021, 4, 12), date(2021, 5, 6)
JURY_RULES = RULES.model_copy(update={"jury_invited": INVITED, "jury_thanked": THANKED})


@pytest.mark.parametrize(
    ("today", "templates"),
    [
        (INVITED - timedelta(1), []),
        (INVITED, ["invitation_jury a", "invitation_jury b"]),
        (FIRST - timedelta(1), ["invitation_jury a", "invitation_jury b"]),
        (FIRST, ["relance_jure b"]),
        (THANKED - timedelta(1), ["relance_jure b"]),
        (THANKED, ["remerciement_jure a"]),
        (THANKED + timedelta(30), ["remerciement_jure a"]),
        (THANKED + timedelta(31), []),
    ],
)
def test_a_juror_is_invited_then_reminded_then_thanked(today, templates):
    jurors = _jurors(("a@example.org", (), True), ("b@example.org", ("90001",), False))
    due_rows = due(_dossiers(), jurors, JURY_RULES, today)
    assert (due_rows["template"] + " " + due_rows["person"].str.removesuffix("@example.org")).tolist() == templates


def test_nobody_is_invited_to_a_jury_that_is_over():
    rules = JURY_RULES.model_copy(update={"reminders": ()})
    jurors = _jurors(("a@example.org", (), True))
    assert due(_dossiers(), jurors, rules, THANKED)["template"].tolist() == ["remerciement_jure"]


@pytest.mark.parametrize("jury_dates", ["les 4 et 5 mai 2021", "au printemps"])
def test_a_jury_whose_days_are_known_is_over_after_the_last(jury_dates):
    rules = JURY_RULES.model_copy(update={"jury_dates": jury_dates, "jury_thanked": None})
    invited = rules.model_copy(update={"reminders": ()})
    late = _jurors(("b@example.org", ("90001",), False))
    for set_up, template in ((rules, "relance_jure"), (invited, "invitation_jury")):
        assert due(_dossiers(), late, set_up, date(2021, 5, 5))["template"].tolist() == [template]
        after = due(_dossiers(), late, set_up, date(2021, 5, 6))["template"].tolist()
        assert after == ([template] if jury_dates == "au printemps" else [])


def test_ids_are_short_and_readable():
    dossiers = _dossiers({"numero": "4512345", "decision": LAUREATE}, {"numero": "EIG 5/12", "decision": LAUREATE})
    due_rows = due(dossiers, _jurors(("camille.durand@example.org", ("4512345",))), RULES, FIRST)
    assert due_rows["id"].tolist() == [
        "relance_jure-camille-durand-4c98766003-2021-04-29",
        "laureat-4512345",
        "laureat-eig-5-12-303450a229",
    ]


def test_an_empty_campaign_has_the_columns():
    due_rows = due(_dossiers(), _jurors(), RULES, SECOND)
    assert list(due_rows.columns) == [*COLUMNS]
    assert due_rows.empty


NUMBERS = st.one_of(st.integers(1, 99).map(str), st.text("aA1-_/ é.", min_size=1, max_size=6))
DOSSIERS = st.lists(
    st.fixed_dictionaries(
        {
            "numero": NUMBERS,
            "eligibility": st.sampled_from(["eligible", "a_instruire", "ineligible"]),
            "to_complete": st.sampled_from([(), ("fiche",), ("fiche", "mentor")]),
            "preselection": st.sampled_from([None, PRESELECTED, REJECTED_INELIGIBLE, REJECTED_INSUFFICIENT]),
            "decision": st.sampled_from([None, LAUREATE, WAITING, REFUSED, WITHDRAWN]),
            "cofin_requested": st.sampled_from([True, False, None]),
            "cofin_missing": st.sampled_from([(), ("programme",), ("convention", "porteur")]),
        }
    ),
    unique_by=lambda dossier: dossier["numero"],
    max_size=8,
)
JURORS = st.lists(
    st.tuples(
        st.builds(
            "{}@{}".format, st.text("ab.+-", min_size=1, max_size=4), st.sampled_from(["example.org", "example.test"])
        ),
        st.sampled_from([(), ("1",), ("1", "2")]),
        st.booleans(),
    ),
    unique_by=lambda juror: juror[0],
    max_size=6,
)
DAYS = st.dates(date(2021, 4, 1), date(2021, 6, 1))
TYPED = {
    "ineligible": ("preselection", REJECTED_INELIGIBLE),
    "convocation_jury": ("preselection", PRESELECTED),
    "non_preselectionne": ("preselection", REJECTED_INSUFFICIENT),
    "laureat": ("decision", LAUREATE),
    "promotion_liste_attente": ("decision", LAUREATE),
    "liste_attente": ("decision", WAITING),
    "non_retenu": ("decision", REFUSED),
    "cofinancement_a_completer": ("decision", LAUREATE),
}


TOLD = st.lists(st.integers(1, 99).map("liste_attente-{}".format), max_size=8)


@given(DOSSIERS, JURORS, DAYS, TOLD)
def test_no_decision_is_announced_that_nobody_typed_and_none_contradicts_another(dossiers, jurors, today, told):
    due_rows = due(_dossiers(*dossiers), _jurors(*jurors), ALL_RULES, today, told)
    by_number = {dossier["numero"]: dossier for dossier in dossiers}
    for row in due_rows[due_rows["template"].isin(list(TYPED))].itertuples():
        column, word = TYPED[row.template]
        assert by_number[row.numero][column] == word
        assert may_receive(CATALOGUE[row.template], _dossiers(by_number[row.numero])).all()
    announced = due_rows[due_rows["template"].isin([*TYPED][:7])]
    assert not announced["numero"].duplicated().any()
    withdrawn = [numero for numero, dossier in by_number.items() if dossier["decision"] == WITHDRAWN]
    assert not due_rows["numero"].isin(withdrawn).any()


@pytest.mark.slow
@given(DOSSIERS, JURORS, DAYS, st.randoms(use_true_random=False))
def test_ids_are_unique_and_do_not_depend_on_the_order_of_rows(dossiers, jurors, today, random):
    due_rows = due(_dossiers(*dossiers), _jurors(*jurors), ALL_RULES, today)
    assert due_rows["id"].is_unique
    random.shuffle(dossiers)
    random.shuffle(jurors)
    again = due(_dossiers(*dossiers), _jurors(*jurors), ALL_RULES, today)
    pd.testing.assert_frame_equal(again.drop(columns="row"), due_rows.drop(columns="row"))
    assert due_rows["template"].map(TEMPLATES.index).is_monotonic_increasing


@given(DOSSIERS, JURORS, DAYS, st.integers(0, 40))
def test_later_nights_add_nothing_but_what_a_day_of_the_jury_brings(dossiers, jurors, today, nights):
    first = due(_dossiers(*dossiers), _jurors(*jurors), ALL_RULES, today)
    completed = [dossier | {"to_complete": dossier["to_complete"][:1]} for dossier in dossiers]
    later = due(_dossiers(*completed), _jurors(*jurors), ALL_RULES, today + timedelta(nights))
    to_jurors = {"invitation_jury", "relance_jure", "remerciement_jure"}
    assert set(later.loc[~later["id"].isin(first["id"]), "template"]) <= to_jurors
    assert set(later["round"]) <= {"1", "2021-04-29", "2021-05-03"}
    assert not later[["template", "numero", "person"]].duplicated().any()
