"""The tab `Classement des talents`: candidates by project, then by métier, raw and corrected side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from eig_sheets.domain.talents.ranking import Kind
from eig_sheets.workbook import talent_words
from eig_sheets.workbook.model.cells import WrittenValue
from eig_sheets.workbook.model.sheet import Column, Format, Tone
from eig_sheets.workbook.render import cells
from eig_sheets.workbook.render.cells import Rows
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
_REVIEWS = "Évaluations"
_OF_EXPECTED = Column(
    _REVIEWS, width=12, note="Complètes ; dans les listes par métier, complètes / attendues d’après Affectations "
    "talents. Les déports ne comptent pas.",
)  # fmt: skip
_STATES = (("Retenu", Tone.GOOD), ("Liste d’attente", Tone.DOUBT), ("Non retenu", Tone.BAD), ("Désisté", Tone.QUIET))


@dataclass(frozen=True, slots=True)
class Ranked:
    """What the tab shows: the lists, the candidates, the names of projects by number, why nothing is corrected.

    `expected`: how many evaluations each candidate should have, by number; None where nobody recorded who notes whom.
    """

    ranking: pd.DataFrame
    candidates: pd.DataFrame
    projects: Mapping[str, str | None]
    uncorrected: str | None = None
    expected: Mapping[str, int] | None = None


def columns(criteria: Sequence[tuple[str, str]], scale: tuple[float, float]) -> tuple[Column, ...]:
    """The columns in their order; `criteria` are (id, label), on the scale of the jury of candidates."""
    low, high = scale
    of_scale = f"Moyenne des évaluations complètes, sur l’échelle de {low:g} à {high:g}."
    means = (Column(label, Format.NOTE, 14, of_scale, scale=scale) for _, label in criteria)
    return (
        Column("Liste", width=10, note="Projet : qui a été entendu pour ce projet, ou l’a choisi. Métier : les "
               "candidats d’un métier, sur toutes leurs évaluations."),
        Column("Projet ou métier", Format.WRAPPED, 30),
        Column("Rang", Format.INTEGER, 8, _RANK),
        Column("N° de candidature", width=15),
        Column("Prénom", width=16),
        Column("Nom", width=18),
        Column("Métier", width=20),
        Column("Vœu", Format.INTEGER, 8, "Place du projet dans les vœux valables de la personne ; vide : pas choisi."),
        Column("Note /20", Format.NOTE, 10, "Moyenne des notes sur 20 : pour ce projet ; pour qui n’y a pas été "
               "entendu et dans les listes par métier, de toutes les évaluations de la personne."),
        *means,
        Column(_REVIEWS, Format.INTEGER, 12, "Complètes. Les déports ne comptent pas."),
        Column("Écart-type", Format.NOTE, 11, "Dispersion des notes sur 20 entre jurés ; vide sous deux évaluations."),
        Column("Note corrigée", Format.NOTE, 11, _CORRECTED),
        Column("Rang corrigé", Format.INTEGER, 10, "Rang dans cette liste, par note corrigée."),
        Column("Éligibilité", width=14, tones=STATUS_TONES),
        Column("Statut", width=16, note="Recopié de l’onglet Talents, où une personne le saisit.", tones=_STATES),
        Column("Alertes", Format.WRAPPED, 48, "Ce qu’il faut savoir avant de se fier au rang."),
    )  # fmt: skip


def fitted(columns: Sequence[Column], shown: Ranked | None) -> tuple[Column, ...]:
    """The columns as they suit the results: what reviews are told of, and why the corrected ones are blank."""
    known = shown is not None and shown.expected is not None
    suited = tuple(_OF_EXPECTED if known and one.header == _REVIEWS else one for one in columns)
    reason = heading(shown)
    if not reason:
        return suited
    blank = ("Note corrigée", "Rang corrigé")
    return tuple(replace(one, note=f"{one.note} {reason[0]}") if one.header in blank else one for one in suited)


def heading(shown: Ranked | None) -> tuple[str, ...]:
    """What is said once of every list."""
    sentence = talent_words.uncorrected_sentence(shown.uncorrected) if shown else ""
    return (sentence,) if sentence else ()


def rows(shown: Ranked | None, criteria: Sequence[tuple[str, str]]) -> Rows:
    """One row for each candidate of each list, in the order of the ranking."""
    if shown is None or shown.ranking.empty:
        return ()
    ranking = shown.ranking
    people = shown.candidates.set_index("candidature").loc[ranking["candidature"]]
    return cells.rows(
        cells.worded(ranking["kind"], talent_words.KINDS),
        [group_name(group, shown.projects) for group in ranking["group"]],
        cells.column(ranking, "rank"),
        cells.column(ranking, "candidature"),
        cells.column(people, "prenom"),
        cells.column(people, "nom"),
        cells.column(ranking, "metier"),
        cells.column(ranking, "wish"),
        cells.column(ranking, "note"),
        *(cells.column(ranking, criterion) for criterion, _ in criteria),
        _reviews(ranking, shown.expected),
        cells.column(ranking, "stdev"),
        cells.column(ranking, "corrected"),
        cells.column(ranking, "corrected_rank"),
        cells.worded(ranking["status"], talent_words.ELIGIBILITY),
        cells.column(ranking, "statut"),
        [cells.sentence(remarks(*one)) for one in zip(ranking["unranked_reason"], ranking["alerts"], strict=True)],
    )


def _reviews(ranking: pd.DataFrame, expected: Mapping[str, int] | None) -> Sequence[WrittenValue]:
    """« 2 / 3 » in the lists by métier, where it is known how many are expected; else how many are complete."""
    counts = cells.column(ranking, "reviews")
    if expected is None:
        return counts
    rows = zip(counts, ranking["kind"], ranking["candidature"], strict=True)
    return [f"{count} / {expected.get(who, 0)}" if kind == Kind.METIER else count for count, kind, who in rows]


def group_name(group: str, projects: Mapping[str, str | None]) -> str:
    """« 90001 – Boussole des aides » for the number of a project, else the métier as it is."""
    name = projects.get(group)
    return f"{group} – {name}" if name else group


def remarks(unranked: str | None, alerts: Sequence[str]) -> list[str]:
    """Why there is no rank, then the alerts."""
    why = [talent_words.UNRANKED[unranked]] if unranked else []
    return [*why, *(talent_words.ALERTS[alert] for alert in alerts)]
