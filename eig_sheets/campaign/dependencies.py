"""The columns of people's tabs that each act rests on, and what is done while a cell of them cannot be read. Pure.

An act is what commands and the nightly run do with the workbook: rank, pay, assign, write to people. A cell that an act
rests on is « bloquant » while it cannot be read (guarantee G13), and the command that does the act names the cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from eig_sheets.campaign.acts import Act, AnyAct, FeatureAct
from eig_sheets.campaign.people_tabs import PeopleTab
from eig_sheets.config import Campaign
from eig_sheets.domain.talents.eligibility import checked_fields
from eig_sheets.domain.talents.rules import WISHES

Columns = Mapping[str, frozenset[str]]
"""Ids of fields, by the id of their tab."""


_DOSSIER: Final = ("numero", "projet", "preselection", "decision")
_RECUSALS: Final = ("email", "deports", "organisation")
_ADDRESSES: Final = ("email_porteur", "email_porteur_2", "email_mentor", "email_rh", "email_gestion")


def columns_of(campaign: Campaign, *acts: AnyAct) -> Columns:
    """The columns that these acts rest on in that call, including those of tabs that the workbook lacks."""
    columns: dict[str, frozenset[str]] = {}
    for act in acts:
        for tab, fields in act.columns(campaign) if isinstance(act, FeatureAct) else _COLUMNS[act](campaign):
            columns[tab] = columns.get(tab, frozenset()).union(fields)
    return columns


def decisive_columns(campaign: Campaign) -> Columns:
    """Every column that something of that call rests on."""
    return columns_of(campaign, *Act, *campaign.features.parts(FeatureAct))


Pairs = Iterable[tuple[str, Iterable[str]]]


def _eligibility(campaign: Campaign) -> list[str]:
    rules = campaign.eligibility
    return ["date_depot", *(["nombre_eig"] if rules.eig_numbers else []), *rules.required, *rules.attestations]


def _running(campaign: Campaign) -> Pairs:
    """What says which dossiers are in the running."""
    yield "candidatures", (*_DOSSIER, "administration", *_eligibility(campaign))


def _scores(campaign: Campaign) -> Pairs:
    for tab in ("evaluations", "notes_recues"):
        yield tab, ("numero", "jure", "deport", "avis", *campaign.labels)


def _candidate_scores(campaign: Campaign) -> Pairs:
    for tab in ("evaluations_talents", "notes_recues_talents"):
        yield tab, ("candidature", "jure", "numero", "deport", *campaign.talents.labels)


def _ranking(campaign: Campaign) -> Pairs:
    yield from _running(campaign)
    yield from _scores(campaign)
    yield "jury", (*_RECUSALS, "groupe")
    yield "parametres", ("reglage", "valeur")


def _selection(campaign: Campaign) -> Pairs:
    yield from _ranking(campaign)
    if campaign.selection is not None:
        yield from _cofinancing(campaign)


def _cofinancing(campaign: Campaign) -> Pairs:
    if campaign.cofinancing.rule == "none":
        return
    host = ("type_administration", "ministere", "porteur", "type_porteur", "programme", "siret", "convention")
    costs = ("cout_jusqu_a_5_ans", "cout_plus_de_5_ans") if campaign.cofinancing.rule == "months" else ()
    asked = ("demande_cofinancement", "nombre_eig", "recrutement_clos", "email_gestion")
    yield "candidatures", (*_DOSSIER, *host, *costs, *asked)
    who = ("candidature", "prenom", "nom", "email")
    yield "talents", (*who, "statut", "projet_decide", "experience", "cout_reel", "debut_contrat", "fin_contrat")


def _cofinancing_table(campaign: Campaign) -> Pairs:
    """What the files for the finance department show besides what amounts rest on."""
    yield from _cofinancing(campaign)
    yield "candidatures", ("administration", "decide_le")


def _assignment(campaign: Campaign) -> Pairs:
    yield from _running(campaign)
    yield from _scores(campaign)
    yield "jury", (*_RECUSALS, "groupe", "maximum", "expertise")
    yield "candidatures", ("profils", *_ADDRESSES[:3])


def _candidate_assignment(campaign: Campaign) -> Pairs:
    yield from _candidates(campaign)
    yield "jury", ("groupe", "maximum", "expertise")


def _collection(campaign: Campaign) -> Pairs:
    del campaign
    yield from (("jury", ("email",)), ("candidatures", ("numero",)), ("talents", ("candidature",)))


def _import(campaign: Campaign) -> Pairs:
    del campaign
    yield from (("candidatures", ("numero",)), ("talents", ("candidature", "email")))


def _pages(campaign: Campaign) -> Pairs:
    yield from _assignment(campaign)
    yield "candidatures", ("resume", "fiche", "presentation", "simulation", "questions")


def _jury_progress(campaign: Campaign) -> Pairs:
    yield from _ranking(campaign)
    yield "jury", ("declaration",)


def _messages(campaign: Campaign) -> Pairs:
    """Which messages are due, and what the packaged templates say: amounts, too, and what a juror has left to note."""
    yield from _due_messages(campaign)
    yield from _running(campaign)
    yield from _cofinancing(campaign)
    yield from _scores(campaign)
    yield from _candidate_scores(campaign)
    yield "jury", (*_RECUSALS, "groupe")
    yield "candidatures", ("projet", "administration", "porteur_projet", "mentor", "date_depot", "retour")
    yield "talents", ("prenom", "nom")


def _due_messages(campaign: Campaign) -> Pairs:
    """Which messages are due, to whom and when, whatever they say."""
    yield "candidatures", ("numero", "preselection", "decision", *_ADDRESSES, "audition")
    yield "jury", ("nom", "email")
    yield "talents", ("candidature", "email", "statut", "projet_decide", "audition")
    yield from ((tab.id, tab.messages) for tab in campaign.features.parts(PeopleTab))
    yield "emails", ("id", "modele", "destinataires", "copie", "objet", "message", "pieces_jointes")
    yield "emails", ("valider", "ne_pas_envoyer")


def _candidates(campaign: Campaign) -> Pairs:
    yield (
        "talents",
        ("candidature", "prenom", "nom", "email", "metier", "statut", "date_depot", "etat", *WISHES, "voeux_le"),
    )
    yield "talents", checked_fields(campaign.talents)
    yield from _candidate_scores(campaign)
    yield "jury", _RECUSALS
    yield "candidatures", (*_DOSSIER, "administration", *_ADDRESSES[:3])


def _report(campaign: Campaign) -> Pairs:
    """The jury's page and its minutes: what they show of dossiers and jurors besides what ranks them."""
    yield from _selection(campaign)
    yield from _cofinancing(campaign)
    yield "jury", ("declaration",)
    yield "evaluations", ("coup_de_coeur", "commentaire")
    yield "candidatures", ("ministere", "region", "partenaires", "profils", "resume", "questions")
    yield "candidatures", ("fiche", "presentation", "audition", "motif", "decide_par", "decide_le", "email_porteur")


_COLUMNS: Final[Mapping[Act, Callable[[Campaign], Pairs]]] = {
    Act.ELIGIBILITY: _running,
    Act.RANKING: _ranking,
    Act.SELECTION: _selection,
    Act.COFINANCING: _cofinancing,
    Act.COFINANCING_TABLE: _cofinancing_table,
    Act.ASSIGNMENT: _assignment,
    Act.CANDIDATE_ASSIGNMENT: _candidate_assignment,
    Act.PAGES: _pages,
    Act.COLLECTION: _collection,
    Act.JURY_PROGRESS: _jury_progress,
    Act.DUE_MESSAGES: _due_messages,
    Act.MESSAGES: _messages,
    Act.CANDIDATES: _candidates,
    Act.REPORT: _report,
    Act.IMPORT: _import,
}


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What is done, in French, until cells of these columns can be read."""

    tab: str
    fields: tuple[str, ...]
    text: str


_AS_IT_WAS: Final = "ce qui y était lu la dernière fois vaut, et rien n’en part"
_LEFT_OUT: Final = "la ligne ne compte pas"
_MEANWHILE: Final = (
    Meanwhile("candidatures", ("preselection", "decision"), _AS_IT_WAS),
    Meanwhile("candidatures", ("numero",), _LEFT_OUT),
    Meanwhile("candidatures", _ADDRESSES, "rien n’y part"),
    Meanwhile("candidatures", ("audition",), "aucune convocation ne part"),
    Meanwhile(
        "candidatures",
        ("type_administration", "type_porteur", "programme", "convention", "demande_cofinancement", "nombre_eig",
         "cout_jusqu_a_5_ans", "cout_plus_de_5_ans", "recrutement_clos"),
        "rien n’est payé d’après elle",
    ),
    Meanwhile("jury", ("email",), "ses affectations restent ; ni grille, ni message, ni accès"),
    Meanwhile("jury", ("deports", "organisation"), "ce juré n’a ni nouveau dossier ni grille ; ses notes comptent"),
    Meanwhile("jury", ("maximum",), "ce juré ne reçoit pas de nouveau dossier"),
    Meanwhile("jury", ("groupe",), "son groupe est celui de la dernière fois"),
    Meanwhile("evaluations", ("deport",), "le juré se déporte de ce dossier"),
    Meanwhile("evaluations_talents", ("deport",), "le juré se déporte de cette candidature"),
    Meanwhile("talents", ("candidature",), _LEFT_OUT),
    Meanwhile("talents", ("statut", "projet_decide"), _AS_IT_WAS),
    Meanwhile("talents", ("email",), "rien n’y part"),
    Meanwhile(
        "talents", ("experience", "cout_reel", "debut_contrat", "fin_contrat"), "le montant reste une fourchette"
    ),
    Meanwhile(
        "emails",
        ("modele", "destinataires", "copie", "objet", "message", "pieces_jointes", "valider", "ne_pas_envoyer"),
        "ce message ne part pas",
    ),
)  # fmt: skip


def meanwhile(campaign: Campaign, tab: str, field: str) -> str:
    """What is done until the cells of a column can be read; '' where its anomaly says all."""
    features = campaign.features
    of_tabs = (Meanwhile(added.id, *entry) for added in features.parts(PeopleTab) for entry in added.meanwhile)
    of_acts = (Meanwhile(*entry) for act in features.parts(FeatureAct) for entry in act.meanwhile)
    entries = (*_MEANWHILE, *of_tabs, *of_acts)
    return next((entry.text for entry in entries if entry.tab == tab and field in entry.fields), "")
