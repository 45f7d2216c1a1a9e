"""The acts of a call that rest on what people type: what commands and the nightly run do with the workbook."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """What a command or the nightly run does; `campaign.dependencies` has the columns that it rests on."""

    ELIGIBILITY = "recevabilite"
    RANKING = "classement"
    SELECTION = "selection"
    COFINANCING = "cofinancement"
    COFINANCING_TABLE = "tableau_du_cofinancement"
    ASSIGNMENT = "affectations"
    CANDIDATE_ASSIGNMENT = "affectations_candidats"
    PAGES = "grilles"
    COLLECTION = "collecte"
    TIMETABLE = "planning"
    JURY_PROGRESS = "avancement"
    DUE_MESSAGES = "messages_dus"
    MESSAGES = "messages"
    OUTCOMES = "decisions"
    CANDIDATES = "candidats"
    TEAMS = "equipes"
    REPORT = "rapport"
    MILESTONES = "jalons"
    SLOTS = "creneaux"
    REQUESTS = "demandes"
    IMPORT = "import"
