"""The tab `Classement des talents`: candidates by project, then by métier, raw and corrected side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

from eig_sheets.features.talents import words as talent_words
from eig_sheets.features.talents.rules_ranking import ListKind
from eig_sheets.spreadsheet.model.cells import WrittenValue
from eig_sheets.spreadsheet.model.sheet import Column, Format, Tone
from eig_sheets.workbook import cells, frame_columns, words
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.frame_columns import FrameColumn
from eig_sheets.workbook.words import STATUS_TONES

TAB_ID = "classement_talents"
NAME = "Classement des talents"

_RANK = (
    "Rang dans cette liste, par note décroissante. Même note, même rang. Ce n’est jamais une décision : « Statut » et "
    "« Projet décidé » sont saisis par des personnes, dans l’onglet Talents."
)
_CORRECTED = (
    "Note que donnerait un juré moyen, d’après la sévérité estimée de chacun, toutes évaluations de la personne "
    "comprises. À côté de la note, jamais à sa place."
)
_REVIEWS, _NOTE, _CORRECTED_RANK = "Évaluations", "Note corrigée", "Rang corrigé"
_OF_EXPECTED = Column(
    _REVIEWS, width=12, note="Complètes ; dans les listes par métier, complètes / attendues d’après Affectations "
    "talents. Les déports ne comptent pas.",
)  # fmt: skip
_STATES = (("Retenu", Tone.GOOD), ("Liste d’attente", Tone.DOUBT), ("Non retenu", Tone.BAD), ("Désisté", Tone.QUIET))


@dataclass(frozen=True, slots=True)
class Ranked:
    """The data of the tab: the lists, the candidates, the names of projects by number, why nothing is corrected.

    `expected`: how many evaluations each candidate should have, by number; None where nobody recorded who notes whom.
    """

    ranking: pd.DataFrame
    candidates: pd.DataFrame
    projects: Mapping[str, str | None]
    uncorrected: str | None = None
    expected: Mapping[str, int] | None = None


class _Frames(NamedTuple):
    """The data of the rows: the lists, their candidates in the same order, and the rest of the data."""

    ranking: pd.DataFrame
    people: pd.DataFrame
    shown: Ranked


def _ranked(name: str, look: Column) -> FrameColumn[_Frames]:
    return FrameColumn(look, lambda of: cells.column(of.ranking, name))


def _columns(criteria: Sequence[tuple[str, str]], scale: tuple[float, float]) -> tuple[FrameColumn[_Frames], ...]:
    low, high = scale
    mean = f"Moyenne des évaluations complètes, sur l’échelle de {low:g} à {high:g}."
    return (
        FrameColumn(
            Column(
                "Liste", width=10, note="Projet : qui a été entendu pour ce projet, ou l’a choisi. Métier : les "
                "candidats d’un métier, sur toutes leurs évaluations.",
            ),
            lambda of: cells.worded(of.ranking["kind"], talent_words.KINDS),
        ),
        FrameColumn(
            Column("Projet ou métier", Format.WRAPPED, 30),
            lambda of: [group_name(group, of.shown.projects) for group in of.ranking["group"]],
        ),
        _ranked("rank", Column("Rang", Format.INTEGER, 8, _RANK)),
        _ranked("candidature", Column("N° de candidature", width=15)),
        FrameColumn(Column("Prénom", width=16), lambda of: cells.column(of.people, "prenom")),
        FrameColumn(Column("Nom", width=18), lambda of: cells.column(of.people, "nom")),
        _ranked("metier", Column("Métier", width=20)),
        _ranked(
            "wish",
            Column(
                "Vœu", Format.INTEGER, 8, "Place du projet dans les vœux valables de la personne ; vide : pas choisi."
            ),
        ),
        _ranked(
            "note",
            Column(
                "Note /20", Format.NOTE, 10, "Moyenne des notes sur 20 : pour ce projet ; pour qui n’y a pas été "
                "entendu et dans les listes par métier, de toutes les évaluations de la personne.",
            ),
        ),
        *(_ranked(name, Column(label, Format.NOTE, 14, mean, scale=scale)) for name, label in criteria),
        FrameColumn(
            Column(_REVIEWS, Format.INTEGER, 12, "Complètes. Les déports ne comptent pas."),
            lambda of: _reviews(of.ranking, of.shown.expected),
        ),
        _ranked(
            "stdev",
            Column(
                "Écart-type", Format.NOTE, 11, "Dispersion des notes sur 20 entre jurés ; vide sous deux évaluations."
            ),
        ),
        _ranked("corrected", Column(_NOTE, Format.NOTE, 11, _CORRECTED)),
        _ranked(
            "corrected_rank", Column(_CORRECTED_RANK, Format.INTEGER, 10, "Rang dans cette liste, par note corrigée.")
        ),
        FrameColumn(
            Column("Éligibilité", width=14, tones=STATUS_TONES),
            lambda of: cells.worded(of.ranking["status"], talent_words.ELIGIBILITY),
        ),
        _ranked(
            "statut",
            Column("Statut", width=16, note="Recopié de l’onglet Talents, où une personne le saisit.", tones=_STATES),
        ),
        FrameColumn(
            Column("Alertes", Format.WRAPPED, 48, "Ce qu’il faut savoir avant de se fier au rang."),
            lambda of: [
                cells.sentence(remarks(*doubts))
                for doubts in zip(of.ranking["unranked_reason"], of.ranking["alerts"], strict=True)
            ],
        ),
    )  # fmt: skip


def columns(criteria: Sequence[tuple[str, str]], scale: tuple[float, float]) -> tuple[Column, ...]:
    """The columns in their order; `criteria` are (id, label), on the scale of the jury of candidates."""
    return frame_columns.looks(_columns(criteria, scale))


def fitted(columns: Sequence[Column], shown: Ranked | None) -> tuple[Column, ...]:
    """The columns as they suit the results: what reviews are told of, and why the corrected ones are blank."""
    known = shown is not None and shown.expected is not None
    suited = tuple(_OF_EXPECTED if known and column.header == _REVIEWS else column for column in columns)
    reason = heading(shown)
    if not reason:
        return suited
    blank = (_NOTE, _CORRECTED_RANK)
    return tuple(
        replace(column, note=f"{column.note} {reason[0]}") if column.header in blank else column for column in suited
    )


def heading(shown: Ranked | None) -> tuple[str, ...]:
    """The lines above the headers, about every list."""
    sentence = talent_words.uncorrected_sentence(shown.uncorrected) if shown else ""
    return (sentence,) if sentence else ()


def rows(shown: Ranked | None, criteria: Sequence[tuple[str, str]]) -> Rows:
    """One row for each candidate of each list, in the order of the ranking."""
    if shown is None or shown.ranking.empty:
        return ()
    people = shown.candidates.set_index("candidature").loc[shown.ranking["candidature"]]
    return frame_columns.rows(_columns(criteria, (0, 0)), _Frames(shown.ranking, people, shown))


def _reviews(ranking: pd.DataFrame, expected: Mapping[str, int] | None) -> Sequence[WrittenValue]:
    """« 2 / 3 » in the lists by métier, where it is known how many are expected; else how many are complete."""
    counts = cells.column(ranking, "reviews")
    if expected is None:
        return counts
    rows = zip(counts, ranking["kind"], ranking["candidature"], strict=True)
    return [f"{count} / {expected.get(who, 0)}" if kind == ListKind.METIER else count for count, kind, who in rows]


def group_name(group: str, projects: Mapping[str, str | None]) -> str:
    """« 90001 – Boussole des aides » for the number of a project, else the métier as it is."""
    name = projects.get(group)
    return f"{group} – {name}" if name else group


def remarks(unranked: str | None, alerts: Sequence[str]) -> list[str]:
    """Why there is no rank, then the alerts."""
    why = [words.UNRANKED[unranked]] if unranked else []
    return [*why, *(words.ALERTS[alert] for alert in alerts)]
