"""The reminders of milestones: the exact list on five days, who each is for, and none about what is past."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from eig_sheets.emails.mail.messages import Message
from eig_sheets.features.follow_up.milestones import schedules_of
from eig_sheets.features.follow_up.plan import rows_of
from tests.emails.drafting.support import DOSSIER, TALENT, case
from tests.features.follow_up.rows import MILESTONE

CONTACTS = {"email_rh": "rh@exemple.invalid", "email_gestion": "gestion@exemple.invalid"}
PHARE = {**DOSSIER, **CONTACTS, "numero": "1", "projet": "Phare", "decision": "Lauréat"}
DIGUE = {
    **DOSSIER, "numero": "2", "projet": "Digue", "decision": "Lauréat", "email_porteur": "robin@exemple.invalid",
    "email_porteur_2": None, "email_mentor": None, "email_rh": "rh2@exemple.invalid",
    "email_gestion": "gestion2@exemple.invalid",
}  # fmt: skip
GONE = {**DOSSIER, **CONTACTS, "numero": "3", "projet": "Balise", "decision": "Désisté"}
REFUSED = {**DOSSIER, **CONTACTS, "numero": "4", "projet": "Amer", "decision": "Non retenu"}
DOSSIERS = [PHARE, DIGUE, GONE, REFUSED]
RECRUIT = {**TALENT, "statut": "Retenu", "projet_decide": "1"}
STATES = {
    ("1", "contrat_signe"): {"statut": "Fait"},
    ("1", "arrivee_internet"): {"statut": "Sans objet"},
    ("2", "arrivee_donnees"): {"statut": "Reporté", "echeance": datetime(2021, 10, 8)},
}
"""What people typed on the rows that were made."""


def rows() -> list[dict[str, object]]:
    """Every milestone of the four projects, as if all had been selected when they were made, then what people typed."""
    selected = [{**dossier, "decision": "Lauréat"} for dossier in DOSSIERS]
    schedules = schedules_of(case(candidatures=selected).reading)
    keys = [(number, milestone.key) for number, planned in schedules.items() for milestone in planned]
    return [{**row, **STATES.get(key, {})} for row, key in zip(rows_of(schedules), keys, strict=True)]


CASE = case(candidatures=DOSSIERS, suivi=rows())

PHARE_TEAM = ("alix@exemple.invalid",)
APPLICANTS = ("camille@exemple.invalid", "sacha@exemple.invalid")


def reminders(today: date) -> list[tuple[str | None, str, tuple[str, ...]]]:
    """The project, the milestone and the recipients of each reminder that is due on a day."""
    wanted = []
    for draft in CASE.drafts(today):
        if draft.template == "rappel_jalon":
            assert isinstance(draft.outcome, Message), draft.outcome
            name = draft.outcome.subject.replace("\u202f", " ").removeprefix("Jalon « ").rpartition(" » : échéance")[0]
            wanted.append((draft.numero, name, draft.outcome.to))
    return wanted


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2021, 7, 19), [
            ("1", "Fiches de poste publiées", ("rh@exemple.invalid",)),
            ("2", "Fiches de poste publiées", ("rh2@exemple.invalid",)),
        ]),
        (date(2021, 8, 23), [
            ("1", "Contrats visés par le contrôleur budgétaire", ("gestion@exemple.invalid",)),
            ("2", "Contrats visés par le contrôleur budgétaire", ("gestion2@exemple.invalid",)),
            ("2", "Contrats signés", ("rh2@exemple.invalid",)),
        ]),
        (date(2021, 9, 6), [
            ("1", "Arrivée : données disponibles et documentées", ("camille@exemple.invalid",)),
            ("1", "Arrivée : postes, matériel et accès aux locaux", ("camille@exemple.invalid",)),
            ("1", "Arrivée : équipe recrutée au complet", ("rh@exemple.invalid",)),
            ("1", "Indicateurs d’impact et livrables définis avec la DINUM", ("camille@exemple.invalid",)),
            ("2", "Arrivée : accès à Internet et aux outils", ("robin@exemple.invalid",)),
            ("2", "Arrivée : postes, matériel et accès aux locaux", ("robin@exemple.invalid",)),
            ("2", "Arrivée : équipe recrutée au complet", ("rh2@exemple.invalid",)),
            ("2", "Contrats signés", ("rh2@exemple.invalid",)),
            ("2", "Indicateurs d’impact et livrables définis avec la DINUM", ("robin@exemple.invalid",)),
        ]),
        (date(2021, 10, 4), [
            ("2", "Arrivée : données disponibles et documentées", ("robin@exemple.invalid",)),
        ]),
        (date(2022, 7, 5), [
            ("1", "Livrables remis et ouverts", ("camille@exemple.invalid",)),
            ("1", "Fin de la phase « Amplifier » et de l’expérimentation", ("camille@exemple.invalid",)),
            ("2", "Livrables remis et ouverts", ("robin@exemple.invalid",)),
            ("2", "Fin de la phase « Amplifier » et de l’expérimentation", ("robin@exemple.invalid",)),
        ]),
    ],
)  # fmt: skip
def test_the_reminders_of_a_day(today, expected):
    assert reminders(today) == expected


def test_a_reminder_that_was_due_is_so_no_more_the_day_after_its_date():
    assert len(reminders(date(2022, 7, 12))) == 2
    assert reminders(date(2022, 7, 13)) == []


def sent(role: str | None, **changes: object) -> Message:
    project = {**PHARE, **changes}
    made = case(candidatures=[project], talents=[RECRUIT], suivi=[{**MILESTONE, "numero": "1", "responsable": role}])
    return made.message("rappel_jalon", date(2022, 1, 25))


@pytest.mark.parametrize(
    ("role", "to", "cc"),
    [
        (None, ("camille@exemple.invalid",), ("sacha@exemple.invalid", *PHARE_TEAM)),
        ("Porteur", ("camille@exemple.invalid",), ("sacha@exemple.invalid", *PHARE_TEAM)),
        ("Mentor", ("lou@exemple.invalid",), (*APPLICANTS, *PHARE_TEAM)),
        ("Équipe EIG", PHARE_TEAM, APPLICANTS),
        ("RH", ("rh@exemple.invalid",), APPLICANTS),
        ("Gestion", ("gestion@exemple.invalid",), APPLICANTS),
    ],
)
@pytest.mark.needs("talents")
def test_a_reminder_goes_to_who_answers_for_the_milestone(role, to, cc):
    message = sent(role)
    assert (message.to, message.cc) == (to, cc)


def test_a_missing_address_holds_the_reminder_back_and_names_its_cell():
    milestone = {**MILESTONE, "numero": "1", "responsable": "RH"}
    made = case(candidatures=[{**PHARE, "email_rh": None}], suivi=[milestone])
    [reason] = made.reasons("rappel_jalon", date(2022, 1, 25))
    assert reason.startswith("« E-mail de qui répond du jalon (Responsable) » est vide : remplissez Candidatures!")


def test_the_monthly_point_names_what_is_late_or_due_within_a_month_and_not_itself():
    body = next(
        draft.outcome.body
        for draft in CASE.drafts(date(2021, 10, 13))
        if (draft.template, draft.numero) == ("point_mensuel", "2")
    )
    listed = [line for line in body.splitlines() if line.startswith("- ") and "échéance" in line]
    assert not [line for line in listed if "Point mensuel" in line or "2022" in line]
    assert [line for line in listed if "Contrats signés" in line and "passée" in line]
    assert [line for line in listed if "Session collective" in line]
