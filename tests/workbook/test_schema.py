"""The tabs of a campaign are those that its team knows, and what the rules ask for is there."""

from __future__ import annotations

from collections import Counter

import pytest

from eig_sheets.campaign.reading_parts import optional_tabs
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.domain import decisions
from eig_sheets.loading import load
from eig_sheets.spreadsheet.model.sheet import Format, Owner
from eig_sheets.workbook.fields import Choices, Kind
from eig_sheets.workbook.layout import Names
from eig_sheets.workbook.locate import known_headers
from eig_sheets.workbook.ownership import own_headers, squeezed
from eig_sheets.workbook.schema import build
from tests.columns import tab_of
from tests.examples.support import EXAMPLES, example
from tests.workbook.snapshots import EIG5, SCHEMA

DESIGN = {
    "candidatures": """N° de dossier · Nom du projet · Date de dépôt · Administration d’accueil ·
        Type d’administration · Ministère de rattachement · Région · Porteur administratif ·
        Type du porteur administratif · N° de programme budgétaire · Convention signée ·
        Administrations partenaires · Résumé · Profils demandés ·
        Nombre d’EIG demandés · Coût employeur 10 mois – jusqu’à 5 ans · Coût employeur 10 mois – plus de 5 ans ·
        Demande de co-financement · Porteur de projet · E-mail du porteur · Porteur de projet 2 · E-mail du porteur 2 ·
        Mentor de haut niveau · E-mail du mentor · E-mail RH · E-mail gestion · Travail hors les murs ·
        Mise à disposition des données · Ouverture des données et du code · Fiche détaillée · Présentation ·
        Simulation financière · Présélection · Questions de présélection · Audition décidée · Décision ·
        Motif de la décision · Décidé par · Décidé le · Retour au porteur · Commentaire""",
    "jury": """Nom · E-mail · Organisation · Groupe · Nombre maximum de dossiers · Déports ·
        Déclaration d’intérêts reçue le · Disponibilités""",
    "evaluations": """N° de dossier · E-mail du juré · Pertinence du besoin · Définition · Engagement · Transformation ·
        Ouverture · Déport · Coup de cœur · Avis · Commentaire · Évalué le""",
    "talents": """N° de candidature · Prénom · Nom · E-mail · Métier · Années d’expérience · Statut actuel ·
        Date de dépôt · CV · Vœu 1 · Vœu 2 · Vœu 3 · Statut · Audition décidée · Projet décidé · Début du contrat ·
        Coût réel · Commentaire""",
}
SCHEMAS = {"EIG5": SCHEMA, **{name: schema_of(example(name)) for name in EXAMPLES}}
TABS = [(name, tab) for name, schema in SCHEMAS.items() for tab in schema.tabs]
IDS = [f"{name}-{tab.id}" for name, tab in TABS]


@pytest.mark.parametrize("tab_id", DESIGN)
def test_the_headers_that_the_team_agreed_on_are_there_in_their_order(tab_id):
    """Others may come between them."""
    agreed = [" ".join(header.split()) for header in DESIGN[tab_id].split("·")]
    assert [field.header for field in tab_of(tab_id).fields if field.header in agreed] == agreed


@pytest.mark.parametrize(("name", "tab"), TABS, ids=IDS)
def test_names_are_distinct_so_that_each_header_has_one_meaning(name, tab):
    assert max(Counter(field.id for field in tab.fields).values()) == 1
    own = Counter(squeezed(field.header) for field in tab.fields)
    assert max(own.values()) == 1
    assert "" not in own
    known = known_headers(tab, Names())
    assert {known[squeezed(field.header)] for field in tab.fields} == {field.id for field in tab.fields}


@pytest.mark.parametrize(("name", "tab"), TABS, ids=IDS)
def test_no_alias_is_another_field_s_header(name, tab):
    own = {squeezed(field.header): field.id for field in tab.fields}
    for field in tab.fields:
        assert {own.get(squeezed(alias), field.id) for alias in field.aliases} <= {field.id}


@pytest.mark.parametrize(("name", "tab"), TABS, ids=IDS)
def test_a_robot_s_column_has_no_header_of_people_s_and_comes_from_a_robot_s_tab(name, tab):
    headers = {squeezed(field.header) for field in tab.fields}
    for robot in tab.robot_fields:
        assert headers.isdisjoint(map(squeezed, own_headers(robot)))
        assert robot.source_tab in SCHEMAS[name].robot_tabs
        assert robot.look.header == robot.header


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_tabs_have_distinct_names_that_a_spreadsheet_accepts(schema):
    names = [*(tab.name for tab in schema.tabs), *schema.robot_tabs.values()]
    assert max(Counter(map(squeezed, names)).values()) == 1
    assert all(len(name) <= 31 and not set("[]:*?/\\") & set(name) for name in names)


@pytest.mark.parametrize(("name", "tab"), TABS, ids=IDS)
def test_the_key_is_required(name, tab):
    assert tab.field(tab.key).required
    with pytest.raises(KeyError):
        tab.field("inconnu")


def test_only_what_the_rules_cannot_do_without_is_required():
    required = {tab.id: [field.id for field in tab.fields if field.required] for tab in SCHEMA.tabs}
    assert required["candidatures"] == ["numero"]
    assert required["evaluations"] == ["numero", "jure", *(criterion.id for criterion in EIG5.criteria)]
    assert [tab.id for tab in SCHEMA.tabs if tab.needed] == ["candidatures", "jury", "evaluations"]
    assert [tab.id for tab in SCHEMA.tabs if tab.owner is Owner.OUTBOX] == ["emails"]


def test_drop_downs_offer_the_words_that_the_rules_know():
    words = SCHEMA.tab("candidatures").field("decision").choices
    assert words == (decisions.LAUREATE, decisions.WAITING, decisions.REFUSED, decisions.WITHDRAWN)
    preselection = SCHEMA.tab("candidatures").field("preselection").choices
    assert preselection == (decisions.PRESELECTED, decisions.REJECTED_INELIGIBLE, decisions.REJECTED_INSUFFICIENT)


def test_columns_look_like_what_they_hold():
    fields = {field.id: field.column() for field in SCHEMA.tab("candidatures").fields}
    looks = {name: fields[name].format for name in ("numero", "date_depot", "decide_le", "nombre_eig", "resume")}
    assert looks == {
        "numero": Format.TEXT, "date_depot": Format.DATETIME, "decide_le": Format.DATE, "nombre_eig": Format.INTEGER,
        "resume": Format.WRAPPED,
    }  # fmt: skip
    assert fields["cout_jusqu_a_5_ans"].format is Format.EURO
    assert fields["convention"].choices == ("oui", "non")
    assert fields["region"].choices == EIG5.words.regions
    assert SCHEMA.tab("candidatures").field("region").choices == ()  # offered, never imposed


def test_scores_say_their_scale_in_french():
    half = build([("a", "A")], (0.5, 4), Choices(), [])
    note = half.tab("evaluations").field("a").note
    assert note == (
        "De 0,5 (la moins bonne note) à 4 (la meilleure), décimales admises. NSP : ne se prononce pas. Vide : "
        "pas encore noté."
    )
    assert half.tab("evaluations").field("a").kind is Kind.SCORE


def test_a_campaign_has_the_tabs_that_it_uses():
    needed = ["candidatures", "jury", "evaluations", "emails"]
    small, smaller = (build([("a", "A")], (1, 4), Choices(), tabs) for tabs in (["parametres"], []))
    assert [tab.id for tab in small.tabs] == [*needed, "parametres"]
    assert [tab.id for tab in smaller.tabs] == needed
    with pytest.raises(KeyError):
        smaller.tab("parametres")
    assert load(EIG5.path).workbook.people_tabs is None
    assert {*optional_tabs(EIG5)} <= {tab.id for tab in SCHEMA.tabs}


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_jurors_read_in_the_team_s_own_document_shows_the_names_of_projects_alone(name):
    """A formula computes with everything there, whatever its reader may see, and a juror may type any number."""
    shown = [(robot.source_tab, robot.source_header) for robot in SCHEMAS[name].tab("evaluations").robot_fields]
    assert shown == [("eligibilite", "Nom du projet")]
