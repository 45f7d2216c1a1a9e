"""The answer to an applicant: the four points, their own numbers, and nothing of anybody else."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.report.algorithm.applicant import answer, document
from eig_sheets.call.report.algorithm.stated_rules import UnsaidError
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.scoring.words import ProbabilityStyle
from eig_sheets.text.french import number
from tests.call.report.support import (
    CASES,
    Case,
    Rows,
    case,
    collective,
    contradicted,
    corrected,
    drawn,
    everyone_fits,
    rules,
)
from tests.effort import first
from tests.spreadsheet import libreoffice
from tests.workbook.snapshots import CRITERIA, dossier, evaluation, juror

pytestmark = pytest.mark.newest

DAY = date(2021, 5, 10)
POINTS = (
    "1. Le degré et le mode de contribution du traitement à la décision",
    "2. Les données traitées et leurs sources",
    "3. Les paramètres et leur pondération, appliqués à votre dossier",
    "4. Les opérations effectuées",
)


def made(call: Case, numero: str) -> bytes:
    return document(answer(numero, call.reading, call.results, DAY), DAY)


def text_of(data: bytes) -> str:
    """Every word of a .docx, with ordinary spaces: headings, sentences, cells, and the foot of its pages."""
    opened = Document(io.BytesIO(data))
    parts = [opened.element.body, *(section.footer._element for section in opened.sections)]
    lines = [
        "".join(word.text or "" for word in line.iter(qn("w:t"))) for part in parts for line in part.iter(qn("w:p"))
    ]
    return "\n".join(lines).replace("\u202f", " ")


def said(call: Case, numero: str) -> str:
    return text_of(made(call, numero))


@pytest.mark.slow
@pytest.mark.parametrize("name", first(3, [name for name in CASES if name != "empty"]))
def test_every_dossier_of_every_campaign_is_told_the_four_points(name):
    call = CASES[name]()
    for numero in [*call.results.of(APPLICATIONS).dossiers["numero"]][:2]:
        text = said(call, numero)
        assert [line for line in text.splitlines() if line in POINTS] == [*POINTS]
        assert "None" not in text
        assert "nan" not in text.split()


@pytest.mark.slow
def test_its_numbers_are_those_of_the_ranking():
    call = corrected()
    for row in call.results.of(SCORES).ranking.to_dict("records")[::4]:
        text = said(call, row["numero"])
        assert f"Rang : {row['rank']} sur 12 dossiers classés." in text
        assert f"Note de votre dossier : {number(row['note'], 2)} sur 20." in text
        lines = text.splitlines()
        for criterion in call.campaign.criteria:
            place = lines.index(criterion.label, lines.index("Votre moyenne"))
            assert lines[place + 1 : place + 3] == [number(criterion.weight), number(row[criterion.id], 2)]
        (low, high), inside = row["interval_90"], ProbabilityStyle().text(row["mass_90"]).replace("\u202f", " ")
        between = f"entre {low} et {high} avec une probabilité de {inside}."
        assert f"Rang attendu : {number(row['expected_rank'], 1)} ; {between}" in text
        assert "4 évaluations complètes comptent" in text


SECRETS = {"nom": "Zoé Quidam", "organisation": "Maison Quidam"}
OTHERS = {
    "projet": "Autre Projet", "administration": "Autre Direction", "resume": "Autre résumé", "mentor": "Autre Mentor",
    "porteur_projet": "Autre Porteur", "email_porteur": "autre@exemple.invalid", "retour": "Autre retour",
    "commentaire": "Autre commentaire", "motif": "Autre motif", "decide_par": "Autre Présidente",
}  # fmt: skip


def renamed(rows: tuple[Rows, Rows, Rows], spared: str) -> tuple[Rows, Rows, Rows]:
    """The same campaign in which every other project, every juror and every comment has another text."""
    dossiers, jurors, given = rows
    names = {person["email"]: f"z{place}@quidam.example" for place, person in enumerate(jurors)}
    return (
        [dossier if dossier["numero"] == spared else {**dossier, **OTHERS} for dossier in dossiers],
        [{**juror, **SECRETS, "email": names[juror["email"]]} for juror in jurors],
        [{**row, "jure": names[row["jure"]], "commentaire": "Autre avis", "avis": "Favorable"} for row in given],
    )


@pytest.mark.slow
@pytest.mark.parametrize("numero", ["1000", "1007"])
def test_who_the_others_are_changes_not_one_byte(numero):
    places = rules(campaign={"target": 5})
    rows = drawn(12)
    assert made(case(*rows, places), numero) == made(case(*renamed(rows, numero), places), numero)


@pytest.mark.slow
def test_no_text_of_the_workbook_is_in_it_but_those_of_the_dossier():
    rows = renamed(drawn(12), "1003")
    [own] = [row for row in rows[0] if row["numero"] == "1003"]
    text = said(case(*rows, rules(campaign={"target": 5})), "1003")
    others: set[Any] = {
        value for row in (*rows[0], *rows[1], *rows[2]) for value in row.values() if isinstance(value, str)
    }
    assert [value for value in sorted(others - {*own.values()}) if len(value) > 3 and value in text] == []
    assert "quidam" not in text.casefold()
    assert own["projet"] in text
    assert own["administration"] in text
    assert "Mme Amer" in text
    assert [other["numero"] for other in rows[0] if other is not own and other["numero"] in text] == []


def test_the_note_of_no_juror_is_told():
    given = [
        evaluation("1", "ada", 4.0, 4.0, 4.0, 4.0, 3.0),
        evaluation("1", "bob", 1.0, 2.0, 1.5, 1.0, 3.5),
        evaluation("2", "ada"),
        evaluation("2", "bob"),
    ]
    text = said(case([dossier("1"), dossier("2")], [juror("ada"), juror("bob")], given), "1")
    assert "Note de votre dossier : 14,00 sur 20." in text
    assert [note for note in ("19,00", "9,00", "19 sur", "9 sur 20") if note in text] == []


def alone(**scores: Any) -> Case:
    read = evaluation("1", "ada", 4.0, 3.6, 2.0, 3.0, 2.5)
    others = [evaluation("2", name) for name in ("ada", "bob")]
    more = [{**evaluation("1", "bob", 3.0, 3.0, 3.0, 3.0, 3.0), **scores}] if scores else []
    return case([dossier("1"), dossier("2")], [juror("ada"), juror("bob")], [read, *more, *others])


def test_what_one_person_alone_scored_is_not_told_and_that_is_said():
    text = said(alone(), "1")
    assert "1 évaluation complète compte" in text
    assert "Note de votre dossier" not in text
    assert text.count("non communiquée") == len(CRITERIA) + 1
    assert "Rang : " in text
    assert [note for note in ("15,10", "3,60", "2,50") if note in text] == []


@pytest.mark.slow
def test_nor_is_the_note_corrected_from_one_person():
    text = said(contradicted(), "7")
    assert "Rang attendu : " in text
    assert "Note corrigée de la sévérité" not in text
    assert "Note corrigée de la sévérité" in said(contradicted(), "1")


@pytest.mark.slow
def test_so_is_the_mean_of_a_criterion_on_which_all_others_abstain():
    text = said(alone(definition="NSP"), "1")
    assert text.count("non communiquée") == 2
    assert "3,60" not in text


@pytest.mark.slow
def test_then_no_note_is_told_from_which_it_could_be_subtracted():
    """The other means at the top of the scale tell what both gave: a note would then tell the missing one exactly."""
    given = [evaluation("1", "ada", 4.0, 1.0, 4.0, 4.0, 4.0), evaluation("1", "bob", 4.0, "NSP", 4.0, 4.0, 4.0)]
    others = [evaluation("2", name) for name in ("ada", "bob")]
    text = said(case([dossier("1"), dossier("2")], [juror("ada"), juror("bob")], [*given, *others]), "1")
    assert text.count("4,00") == len(CRITERIA) - 1
    assert "Note de votre dossier" not in text
    assert "La note, dont elle se déduirait, ne l’est pas non plus." in text
    assert "Note corrigée de la sévérité" not in text


def as_groups(call: Case) -> str:
    """What the applicant of dossier 1 is told when its grid is one of these groups."""
    jury = call.campaign.jury.model_copy(update={"reads_as_group": True})
    campaign = call.campaign.model_copy(update={"jury": jury}).set_path(call.campaign.path)
    return text_of(document(answer("1", call.reading.with_campaign(campaign), call.results, DAY), DAY))


def in_group(*names: str, recused: tuple[str, ...] = (), declared: str | None = None) -> Case:
    """A dossier whose only grid is the first juror's, for their group; `declared`: the déports of others."""
    given = [evaluation("1", names[0], 4.0, 3.6, 2.0, 3.0, 2.5)]
    given += [{"numero": "1", "jure": f"{name}@jury.example", "deport": "oui"} for name in recused]
    return case(
        [dossier("1")],
        [juror(name, groupe="A", deports=declared if name != names[0] else None) for name in names],
        given,
    )


@pytest.mark.slow
def test_the_grid_of_a_group_is_nobodys_note():
    text = as_groups(in_group("ada", "bob"))
    assert "Note de votre dossier : " in text
    assert "non communiquée" not in text


@pytest.mark.slow
@pytest.mark.parametrize(
    "made_case",
    [
        lambda: in_group("ada"),
        lambda: in_group("ada", "bob", recused=("bob",)),
        lambda: in_group("ada", "bob", "cleo", declared="1"),
        lambda: case([dossier("1")], [juror("ada")], [evaluation("1", "ada", 4.0, 3.6, 2.0, 3.0, 2.5)]),
    ],
    ids=["of one", "one left", "one left by what Jury says", "no group"],
)
def test_that_of_a_group_of_one_person_is_theirs(made_case):
    text = as_groups(made_case())
    assert "Note de votre dossier" not in text
    assert text.count("non communiquée") == len(CRITERIA) + 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"decision": "Non retenu"}, "Décision prise par des personnes : « Non retenu »."),
        ({"preselection": "Écarté – insuffisant"}, "Décision prise par des personnes : « Écarté – insuffisant »."),
        ({"preselection": "Écarté – insuffisant"}, "Non classé : écarté à la présélection (insuffisant)."),
        ({"date_depot": datetime(2021, 4, 8)}, "votre dossier est inéligible."),
        ({"date_depot": datetime(2021, 4, 8)}, "En cause : le dépôt de votre dossier le jeudi 8 avril 2021 à 0 h"),
        ({"nombre_eig": 3.0, "fiche": None}, "votre dossier est à instruire."),
        ({}, "Proposition du calcul pour votre dossier : « Lauréat »."),
    ],
)
def test_what_was_decided_and_why_is_said(fields, sentence):
    dossiers, jurors, given = drawn(3)
    dossiers[0].update(fields)
    assert sentence in said(case(dossiers, jurors, given), "1000")


@pytest.mark.slow
def test_what_of_the_dossier_was_read_is_told_as_it_was_typed():
    lines = said(case([dossier("1", hors_les_murs="non", presentation=None, fiche="f" * 80)], [], []), "1").splitlines()
    told = {lines[place]: lines[place + 1] for place in range(lines.index("Votre dossier"), len(lines) - 1)}
    assert told["Date de dépôt"] == "mercredi 7 avril 2021 à 12 h"
    assert (told["Travail hors les murs"], told["Présentation"], told["Fiche détaillée"]) == ("non", "vide", "rempli")
    assert (told["Nombre d’EIG demandés"], told["Mentor de haut niveau"]) == ("2", "Mme Amer")


@pytest.mark.slow
def test_a_ranking_that_is_not_corrected_says_why_and_who_is_first_by_what():
    text = said(everyone_fits(), "1000")
    assert "Places : 6" in text
    text = said(collective(), "1000")
    assert "Pas de classement corrigé : une seule évaluation par dossier" in text


@pytest.mark.slow
def test_a_tie_says_what_broke_it():
    given = [evaluation("1", name, 4.0, 3.0, 3.0, 3.0, 2.0) for name in ("ada", "bob")]
    given += [evaluation("2", name, 2.0, 3.0, 3.0, 3.0, 4.0) for name in ("ada", "bob")]
    given += [evaluation(number, name, 1.0, 1.0, 1.0, 1.0, 1.0) for number in "34" for name in ("ada", "bob")]
    call = case([dossier(number) for number in "1234"], [juror("ada"), juror("bob")], given)
    assert "À égalité de note, la moyenne de « Pertinence du besoin » a décidé." in said(call, "2")
    assert "Ce rang est partagé" in said(call, "3")


def test_what_only_the_administration_knows_is_asked_for():
    call = corrected()
    blank = call.campaign.algorithm.model_copy(update={"decided_by": ""})
    read = call.reading.with_campaign(
        call.campaign.model_copy(update={"algorithm": blank}).set_path(call.campaign.path)
    )
    with pytest.raises(UnsaidError, match=r"algorithm\.decided_by \(qui décide\)"):
        answer("1000", read, call.results, DAY)


def test_the_answer_of_a_private_body_quotes_no_law_of_administrations():
    call = collective()
    private = call.campaign.decisions.model_copy(update={"public_law": False})
    campaign = call.campaign.model_copy(update={"decisions": private}).set_path(call.campaign.path)
    read = call.reading.with_campaign(campaign)
    text = text_of(document(answer("1000", read, call.results, DAY), DAY))
    assert [word for word in ("CADA", "code des relations", "R. 311") if word in text] == []
    assert "Ce document répond à votre demande." in text
    assert "code des relations" in said(call, "1000")


def founding(call: Case) -> str:
    """What the applicant of dossier 1000 is told when the administration says that the ranking founds decisions."""
    algorithm = call.campaign.algorithm.model_copy(update={"founds_decisions": True})
    campaign = call.campaign.model_copy(update={"algorithm": algorithm}).set_path(call.campaign.path)
    return text_of(document(answer("1000", call.reading.with_campaign(campaign), call.results, DAY), DAY))


@pytest.mark.slow
def test_the_law_of_decisions_that_an_algorithm_founds_is_quoted_of_those_alone():
    call = collective()
    assert "Ce document répond à votre demande." in said(call, "1000")
    assert "311-3-1" not in said(call, "1000")
    assert "Ce document répond à l’article R. 311-3-1-2" in founding(call)


@pytest.mark.slow
def test_what_the_team_read_in_the_fiche_is_its_own_reading():
    lines = said(case([dossier("1", hors_les_murs="oui")], [], []), "1").splitlines()
    sources = {lines[place]: lines[place + 2] for place in range(lines.index("Votre dossier"), len(lines) - 2)}
    assert sources["Travail hors les murs"] == "la fiche détaillée du dossier, lue par l’équipe"
    assert sources["Fiche détaillée"] == "le dossier déposé par son porteur"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fields", "reviews", "why"),
    [
        ({"nombre_eig": 3.0, "fiche": None}, 4, "éligibilité à instruire"),
        ({}, 1, "trop peu d’évaluations complètes"),
    ],
)
def test_a_reserve_is_explained_beside_the_proposal_that_has_it(fields, reviews, why):
    dossiers, jurors, given = drawn(3, reviews)
    dossiers[0].update(fields)
    text = said(case(dossiers, jurors, given), "1000")
    assert f"Proposition du calcul pour votre dossier : « Lauréat (sous réserve) » ; la réserve : {why}." in text


@pytest.mark.slow
@pytest.mark.skipif(libreoffice.program() is None, reason=libreoffice.INSTALL)
def test_libreoffice_opens_it(tmp_path):
    source = tmp_path / "reponse.docx"
    source.write_bytes(made(corrected(), "1000"))
    printed = libreoffice.convert(source, "txt:Text", tmp_path, profile=tmp_path / "profile").read_text(
        encoding="utf-8"
    )
    assert all(point in printed.replace("\u202f", " ") for point in POINTS)
