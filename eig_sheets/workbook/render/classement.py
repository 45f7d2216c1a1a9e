"""The tab `Classement`: the official ranking, raw and corrected side by side."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import starmap

import pandas as pd

from eig_sheets.workbook import words
from eig_sheets.workbook.model.cells import WrittenValue
from eig_sheets.workbook.model.sheet import Column, Format, Tone
from eig_sheets.workbook.render import cells
from eig_sheets.workbook.render.cells import Rows
from eig_sheets.workbook.words import DECISION_TONES, STATUS_TONES

_EXPECTED = (
    "Rang moyen d’après les notes et la sévérité estimée de chaque juré. À côté du rang officiel, jamais à sa place, "
    "sauf si la configuration le demande. Vide : voir Alertes."
)
_HALF = "Le vrai rang a une chance sur deux d’être dans cet intervalle."
_MOST = "Le vrai rang a neuf chances sur dix d’être dans cet intervalle."
_SELECTED = "Probabilité que le vrai rang soit dans les places."
_ZONE = (
    "Retenu : l’intervalle 50 % est devant la dernière place. Non retenu : il est derrière. Délibération : il la "
    "contient, c’est là que le jury a le plus à dire. Vide s’il y a autant de places que de projets."
)
_ZONE_TONES = (("Retenu", Tone.GOOD), ("Délibération", Tone.DOUBT), ("Non retenu", Tone.BAD))


def columns(criteria: Sequence[tuple[str, str]], scale: tuple[float, float]) -> tuple[Column, ...]:
    """The columns in the order of the design; `criteria` are (id, label)."""
    low, high = scale
    means = (
        Column(
            label,
            Format.NOTE,
            14,
            f"Moyenne des évaluations complètes, sur l’échelle de {low:g} à {high:g}.",
            scale=scale,
        )
        for _, label in criteria
    )
    return (
        Column(
            "Rang",
            Format.INTEGER,
            8,
            "Rang officiel, par note décroissante (ou par rang attendu, si la configuration le demande). À égalité "
            "après départage, même rang.",
        ),
        Column("N° de dossier", width=15),
        Column("Nom du projet", Format.WRAPPED, 30),
        Column("Administration d’accueil", Format.WRAPPED, 32),
        Column("Note /20", Format.NOTE, 10, "Moyenne des notes sur 20 des évaluations complètes du dossier."),
        *means,
        Column("Évaluations", width=12, note="Complètes / attendues. Les déports ne comptent pas."),
        Column("Écart-type", Format.NOTE, 11, "Dispersion des notes sur 20 entre jurés ; vide sous deux évaluations."),
        Column("Rang attendu", Format.NOTE, 11, _EXPECTED),
        Column("Intervalle 50 %", width=17, note=_HALF),
        Column("Intervalle 90 %", width=17, note=_MOST),
        Column("Probabilité de sélection", Format.PERCENT, 13, _SELECTED, bar=True),
        Column("Zone", width=14, note=_ZONE, tones=_ZONE_TONES),
        Column("Coups de cœur", Format.INTEGER, 10, "Nombre de jurés qui ont coché « Coup de cœur »."),
        Column(
            "Proposition",
            width=16,
            note="Calculée d’après le rang. Ce n’est jamais une décision.",
            tones=DECISION_TONES,
        ),
        Column(
            "Décision",
            width=16,
            note="Recopiée de l’onglet Candidatures, où une personne la saisit.",
            tones=DECISION_TONES,
        ),
        Column(
            "Co-financement",
            width=16,
            note="Voir l’onglet Cofinancement. Ne joue pas dans le classement.",
            tones=STATUS_TONES,
        ),
        Column("Alertes", Format.WRAPPED, 48, "Ce qu’il faut savoir avant de se fier au rang."),
    )


def rows(
    ranking: pd.DataFrame, dossiers: pd.DataFrame, cofinancing: pd.DataFrame, criteria: Sequence[tuple[str, str]]
) -> Rows:
    """One row per dossier, `ranking` in official order, `dossiers` and `cofinancing` in any."""
    by_number = dossiers.set_index("numero").loc[ranking["numero"]]
    status = cofinancing.set_index("numero").loc[ranking["numero"], "status"]
    return cells.rows(
        cells.column(ranking, "rank"),
        cells.column(ranking, "numero"),
        cells.column(by_number, "projet"),
        cells.column(by_number, "administration"),
        cells.column(ranking, "note"),
        *(cells.column(ranking, criterion) for criterion, _ in criteria),
        list(starmap(_reviews, zip(ranking["reviews"], ranking["reviews_expected"], strict=True))),
        cells.column(ranking, "stdev"),
        cells.column(ranking, "expected_rank"),
        [interval(bounds) for bounds in ranking["interval_50"]],
        [interval(bounds) for bounds in ranking["interval_90"]],
        cells.column(ranking, "p_selected"),
        cells.worded(ranking["zone"], words.ZONES),
        cells.column(ranking, "hearts"),
        cells.worded(ranking["proposal"], words.PROPOSALS),
        cells.column(ranking, "decision"),
        cells.worded(status, words.COFINANCING),
        remarks(ranking, dict(criteria)),
    )


def interval(bounds: tuple[int, int] | None) -> str | None:
    """(3, 7) → 3 à 7, without a dash, of which some spreadsheets make a date."""
    return None if bounds is None else f"{bounds[0]} à {bounds[1]}"


def _reviews(received: int, expected: int) -> str:
    return f"{received} / {expected}"


def remarks(ranking: pd.DataFrame, labels: dict[str, str]) -> list[WrittenValue]:
    """The cell « Alertes » of each dossier: why it has no rank, its tie-break, its alerts."""
    sentences: list[WrittenValue] = []
    for unranked, alerts, tie_break in zip(
        ranking["unranked_reason"], ranking["alerts"], ranking["tie_break"], strict=True
    ):
        parts = [words.UNRANKED[unranked]] if unranked else []
        parts += [f"à égalité, départagé par « {labels[tie_break]} »"] if tie_break else []
        parts += [words.ALERTS[alert] for alert in alerts]
        sentences.append(cells.sentence(parts))
    return sentences
