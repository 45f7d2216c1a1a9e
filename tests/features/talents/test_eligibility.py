"""Who may be a candidate: each rule of the règlement, its limits, and what people have to settle themselves."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.call.applications.rules_eligibility import EligibilityStatus
from eig_sheets.features.talents.rules_eligibility import (
    BREAKING,
    CandidateCode,
    CandidateReason,
    KnownPeople,
    assess,
    name_key,
)
from eig_sheets.features.talents.settings import TalentRules
from tests.features.talents.builders import ALL, RULES, candidates

KNOWN = KnownPeople(
    jurors=frozenset({"anna@jury.example"}),
    juror_names=frozenset({"Mme Anna Élise Martin-Roux"}),
    project_side=frozenset({"paul@ministere.example"}),
)


def one(available=ALL, known=KNOWN, rules=RULES, **fields):
    """The status and the reasons of one candidate, who is whole but for these fields."""
    found = assess(candidates(fields), available, rules, known).iloc[0]
    return EligibilityStatus(found["status"]), found["reasons"]


def test_a_whole_candidature_is_eligible():
    assert one() == (EligibilityStatus.ELIGIBLE, ())


@pytest.mark.parametrize(
    ("submitted", "code"),
    [
        (datetime(2021, 2, 28, 23, 59, 59, 999_999), CandidateCode.TOO_EARLY),
        (datetime(2021, 3, 1), None),
        (datetime(2021, 5, 2, 23, 59, 59, 999_999), None),
        (datetime(2021, 5, 3), CandidateCode.TOO_LATE),
    ],
)
def test_the_window_is_kept_to_the_second(submitted, code):
    expected = (
        (EligibilityStatus.ELIGIBLE, ())
        if code is None
        else (EligibilityStatus.INELIGIBLE, (CandidateReason(code, "date_depot"),))
    )
    assert one(date_depot=submitted) == expected


@pytest.mark.parametrize("field", ["cv", "date_depot", "statut_actuel"])
def test_what_is_blank_is_to_complete_never_a_refusal(field):
    assert one(**{field: None}) == (EligibilityStatus.TO_REVIEW, (CandidateReason(CandidateCode.BLANK, field),))


def test_what_cannot_be_read_or_is_no_column_is_to_settle():
    unread = one(date_depot=None, unreadable={"date_depot"})
    assert unread == (EligibilityStatus.TO_REVIEW, (CandidateReason(CandidateCode.UNREADABLE, "date_depot"),))
    assert one(ALL - {"cv"}) == (EligibilityStatus.TO_REVIEW, (CandidateReason(CandidateCode.UNVERIFIABLE, "cv"),))
    assert one(ALL - {"date_depot"}, date_depot=None)[1] == (CandidateReason(CandidateCode.UNVERIFIABLE, "date_depot"),)


CIVIL_SERVANT, STUDENT, COMPANY = "agent_public", "etudiant", "personne_morale"


@pytest.mark.parametrize(
    ("typed", "exclusion", "is_sure"),
    [
        ("Fonctionnaire", CIVIL_SERVANT, True), ("agent  de l'État (catégorie A)", CIVIL_SERVANT, True),
        ("ancienne fonctionnaire", CIVIL_SERVANT, False), ("Fonctionnaire en disponibilité", CIVIL_SERVANT, False),
        ("non-fonctionnaire", CIVIL_SERVANT, False),
        ("Étudiante en master 2", STUDENT, True), ("ETUDIANT, L3", STUDENT, True), ("Alternant (BUT)", STUDENT, True),
        ("étudiant", STUDENT, False), ("Étudiante en troisième cycle, après un master", STUDENT, False),
        ("Personne morale", COMPANY, True), ("Freelance en SASU", COMPANY, False),
    ],
)  # fmt: skip
def test_words_exclude_or_are_to_check(typed, exclusion, is_sure):
    status, code = (
        (EligibilityStatus.INELIGIBLE, CandidateCode.EXCLUDED)
        if is_sure
        else (EligibilityStatus.TO_REVIEW, CandidateCode.DOUBTFUL)
    )
    assert one(statut_actuel=typed) == (status, (CandidateReason(code, "statut_actuel", exclusion),))


@pytest.mark.parametrize(
    "typed", ["Salarié", "Diplômée d’un master 2", "Doctorant", "Développeuse indépendante", "Sans emploi", "Sasha"]
)
def test_words_are_compared_whole_and_alone_exclude_nobody(typed):
    assert one(statut_actuel=typed, nom=typed) == (EligibilityStatus.ELIGIBLE, ())


def test_a_company_may_be_told_by_its_name():
    assert one(nom="Numérique SARL") == (
        EligibilityStatus.TO_REVIEW,
        (CandidateReason(CandidateCode.DOUBTFUL, "nom", COMPANY),),
    )


def test_jurors_may_not_be_candidates_and_who_may_be_one_is_asked_about():
    assert one(email="anna@jury.example") == (
        EligibilityStatus.INELIGIBLE,
        (CandidateReason(CandidateCode.JUROR, "email"),),
    )
    name = {"prenom": "Anna-Elise", "nom": "MARTIN ROUX"}
    assert one(**name) == (EligibilityStatus.TO_REVIEW, (CandidateReason(CandidateCode.NAMESAKE, "nom"),))
    assert one(**name, email="anna@jury.example") == (
        EligibilityStatus.INELIGIBLE,
        (CandidateReason(CandidateCode.JUROR, "email"),),
    )
    assert one(email="paul@ministere.example") == (
        EligibilityStatus.TO_REVIEW,
        (CandidateReason(CandidateCode.PROJECT_SIDE, "email"),),
    )
    assert one(prenom=None, nom=None, email=None)[1] == (CandidateReason(CandidateCode.BLANK, "nom"),)


def test_a_name_compares_in_any_order_and_without_a_title():
    assert name_key("M. Paul  DUPONT") == name_key("dupont paul") != name_key("Paul Dupond")


def test_a_call_without_rules_makes_everybody_eligible():
    assert one(frozenset(), KnownPeople(), TalentRules(), cv=None, statut_actuel="Fonctionnaire", date_depot=None) == (
        EligibilityStatus.ELIGIBLE, ()
    )  # fmt: skip


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "statut_actuel": st.sampled_from([None, "Fonctionnaire", "étudiant", "Étudiante en L2", "ex-fonctionnaire"]),
        "cv": st.sampled_from([None, "cv.pdf"]),
        "date_depot": st.sampled_from([None, datetime(2021, 2, 1), datetime(2021, 4, 1), datetime(2021, 6, 1)]),
        "email": st.sampled_from([None, "anna@jury.example", "a@b.fr"]),
    },
)


@pytest.mark.slow
@given(st.lists(FIELDS, max_size=6))
def test_whatever_is_typed_a_status_follows_from_its_reasons_and_from_no_other_row(rows):
    found = assess(candidates(*rows), ALL, RULES, KNOWN)
    assert [*found["candidature"]] == [f"T{nth}" for nth in range(1, len(rows) + 1)]
    for row, (status, reasons) in zip(rows, zip(found["status"], found["reasons"], strict=True), strict=True):
        broken = any(reason.code in BREAKING for reason in reasons)
        assert status == (
            EligibilityStatus.INELIGIBLE
            if broken
            else EligibilityStatus.TO_REVIEW
            if reasons
            else EligibilityStatus.ELIGIBLE
        )
        assert (EligibilityStatus(status), reasons) == one(**row)
