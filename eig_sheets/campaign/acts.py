"""The acts of a call that rest on what people type: what commands and the nightly run do with the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

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
    """What a command of a feature does: the columns that it rests on, in a campaign, by the ids of their tabs.

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
