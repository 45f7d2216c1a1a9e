"""The acts of a call, the columns that each rests on, and what is done while a cell of them is in doubt.

An act is what commands and the nightly run do with the workbook: rank, pay, assign, write to people. A cell that an act
rests on is « bloquant » while it cannot be read (guarantee G13), and the command that does the act names the cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from eig_sheets.campaign.limits import limit_fields
from eig_sheets.campaign.reading_parts import PeopleTab
from eig_sheets.config import Campaign


class Act(StrEnum):
    """What a command or the nightly run does; `campaign.dependencies` has the columns that it rests on."""

    ELIGIBILITY = "recevabilite"
    RANKING = "classement"
    SELECTION = "selection"
    COFINANCING = "cofinancement"
    COFINANCING_TABLE = "tableau_du_cofinancement"
    ASSIGNMENT = "affectations"
    PAGES = "grilles"
    COLLECTION = "collecte"
    JURY_PROGRESS = "avancement"
    DUE_MESSAGES = "messages_dus"
    MESSAGES = "messages"
    REPORT = "rapport"
    IMPORT = "import"


@dataclass(frozen=True, slots=True, eq=False)
class FeatureAct:
    """What a command or a tab of a feature does: the columns that it rests on, in a campaign, by the ids of their tabs.

    `meanwhile`: what is done, in French, until cells of columns of the call can be read: (tab, fields, text).
    """

    columns: Callable[[Campaign], Iterable[tuple[str, Iterable[str]]]]
    meanwhile: tuple[tuple[str, tuple[str, ...], str], ...] = ()


AnyAct = Act | FeatureAct
Pairs = Iterable[tuple[str, Iterable[str]]]
"""Ids of fields, each with that of their tab."""


@dataclass(frozen=True, slots=True, eq=False)
class ActColumns:
    """The columns of a feature's tabs on which an act of the call rests besides its own, in a campaign."""

    act: Act
    columns: Callable[[Campaign], Pairs]


Columns = Mapping[str, frozenset[str]]
"""Ids of fields, by the id of their tab."""


_DOSSIER: Final = ("numero", "projet", "preselection", "decision")
_RECUSALS: Final = ("email", "deports", "organisation")
_ADDRESSES: Final = ("email_porteur", "email_porteur_2", "email_mentor", "email_rh", "email_gestion")


def columns_of(campaign: Campaign, *acts: AnyAct) -> Columns:
    """The columns that these acts rest on in that call, including those of tabs that the workbook lacks."""
    columns: dict[str, frozenset[str]] = {}
    for act in acts:
        for tab, fields in act.columns(campaign) if isinstance(act, FeatureAct) else _columns(act, campaign):
            columns[tab] = columns.get(tab, frozenset()).union(fields)
    return columns


def decisive_columns(campaign: Campaign) -> Columns:
    """Every column that something of that call rests on."""
    return columns_of(campaign, *Act, *campaign.features.parts(FeatureAct))


def _columns(act: Act, campaign: Campaign) -> Pairs:
    return (*_COLUMNS[act](campaign), *_of_features(act, campaign))


def _of_features(act: Act, campaign: Campaign) -> Pairs:
    return (
        pair for added in campaign.features.parts(ActColumns) if added.act is act for pair in added.columns(campaign)
    )


def _eligibility(campaign: Campaign) -> list[str]:
    rules = campaign.eligibility
    return ["date_depot", *(["nombre_eig"] if rules.eig_numbers else []), *rules.required, *rules.attestations]


def _running(campaign: Campaign) -> Pairs:
    """What says which dossiers are in the running."""
    yield "candidatures", (*_DOSSIER, "administration", *_eligibility(campaign))


def _scores(campaign: Campaign) -> Pairs:
    for tab in ("evaluations", "notes_recues"):
        yield tab, ("numero", "jure", "deport", "avis", *campaign.labels)


def _ranking(campaign: Campaign) -> Pairs:
    yield from _running(campaign)
    yield from _scores(campaign)
    yield "jury", (*_RECUSALS, "groupe")
    yield "parametres", ("reglage", "valeur")


def _selection(campaign: Campaign) -> Pairs:
    yield from _ranking(campaign)
    yield "candidatures", limit_fields(campaign)
    if campaign.selection is not None:
        yield from _cofinancing(campaign)


def _cofinancing(campaign: Campaign) -> Pairs:
    if campaign.cofinancing.rule == "none":
        return
    host = ("type_administration", "ministere", "porteur", "type_porteur", "programme", "siret", "convention")
    costs = ("cout_jusqu_a_5_ans", "cout_plus_de_5_ans") if campaign.cofinancing.rule == "months" else ()
    asked = ("demande_cofinancement", "nombre_eig", "recrutement_clos", "email_gestion")
    yield "candidatures", (*_DOSSIER, *host, *costs, *asked)
    yield from _of_features(Act.COFINANCING, campaign)


def _cofinancing_table(campaign: Campaign) -> Pairs:
    """What the files for the finance department show besides what amounts rest on."""
    yield from _cofinancing(campaign)
    yield "candidatures", ("administration", "decide_le")


def _assignment(campaign: Campaign) -> Pairs:
    yield from _running(campaign)
    yield from _scores(campaign)
    yield "jury", (*_RECUSALS, "groupe", "maximum", "expertise")
    yield "candidatures", ("profils", *_ADDRESSES[:3])


def _collection(campaign: Campaign) -> Pairs:
    del campaign
    yield from (("jury", ("email",)), ("candidatures", ("numero",)))


def _import(campaign: Campaign) -> Pairs:
    del campaign
    yield "candidatures", ("numero",)


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
    yield "jury", (*_RECUSALS, "groupe")
    yield "candidatures", ("projet", "administration", "porteur_projet", "mentor", "date_depot", "retour")


def _due_messages(campaign: Campaign) -> Pairs:
    """Which messages are due, to whom and when, whatever they say."""
    yield "candidatures", ("numero", "preselection", "decision", *_ADDRESSES, "audition")
    yield "jury", ("nom", "email")
    yield from ((tab.id, tab.messages) for tab in campaign.features.parts(PeopleTab))
    yield "emails", ("id", "modele", "destinataires", "copie", "objet", "message", "pieces_jointes")
    yield "emails", ("valider", "ne_pas_envoyer")


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
    Act.PAGES: _pages,
    Act.COLLECTION: _collection,
    Act.JURY_PROGRESS: _jury_progress,
    Act.DUE_MESSAGES: _due_messages,
    Act.MESSAGES: _messages,
    Act.REPORT: _report,
    Act.IMPORT: _import,
}


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What is done, in French, until cells of these columns can be read."""

    tab: str
    fields: tuple[str, ...]
    text: str


AS_IT_WAS: Final = "ce qui y était lu la dernière fois vaut, et rien n’en part"
OF_LIMITS: Final = "le dossier compte dans tous les maxima de cette colonne, dans aucun minimum"
LEFT_OUT: Final = "la ligne ne compte pas"
_MEANWHILE: Final = (
    Meanwhile("candidatures", ("preselection", "decision"), AS_IT_WAS),
    Meanwhile("candidatures", ("numero",), LEFT_OUT),
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
    said = next((entry.text for entry in entries if entry.tab == tab and field in entry.fields), "")
    return said or (OF_LIMITS if tab == "candidatures" and field in limit_fields(campaign) else "")
