"""The tab `Classement`: the official ranking, raw and corrected side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import starmap
from typing import Any, Final, NamedTuple, Protocol

import pandas as pd

from eig_sheets.call.scoring.words import AlertTexts, Bounds, ProbabilityStyle, style_of
from eig_sheets.domain.rules import DELIBERATION_BOUNDS
from eig_sheets.spreadsheet.model.cells import WrittenValue
from eig_sheets.spreadsheet.model.sheet import Column, Format, Tone
from eig_sheets.text.french import percent, typographic
from eig_sheets.workbook import cells, frame_columns, words
from eig_sheets.workbook.cells import Rows
from eig_sheets.workbook.frame_columns import FrameColumn
from eig_sheets.workbook.words import DECISION_TONES, PROPOSAL_TONES, STATUS_TONES

_PROBABILITY, _ZONE_HEADER = "Probabilité de sélection", "Zone"
_RANK = (
    "Rang officiel, par note décroissante (ou par rang attendu, si la configuration le demande). À égalité après "
    "départage, même rang."
)
_EXPECTED = (
    "Rang moyen d’après les notes et la sévérité estimée de chaque juré. À côté du rang officiel, jamais à sa place, "
    "sauf si la configuration le demande. Vide : voir Alertes."
)
_INSIDE = (
    "d’être entre ces deux rangs, bornes comprises ; les rangs sont entiers, et la part exacte est entre parenthèses."
)
_HALF = f"Le vrai rang a au moins une chance sur deux {_INSIDE}"
_MOST = f"Le vrai rang a au moins neuf chances sur dix {_INSIDE}"
_SELECTED = (
    "Probabilité que le vrai rang soit dans les places. C’est une estimation : elle n’est jamais tout à fait nulle, ni "
    "tout à fait sûre."
)
_ZONE = (
    "Délibération : la probabilité de sélection va de {low} à {high}, bornes comprises, et c’est là que le jury a le "
    "plus à dire. Retenu : elle est au-dessus. Non retenu : elle est au-dessous. Vide s’il y a autant de places que de "
    "projets, ou plus."
)
_PROPOSAL = (
    "Calculée d’après le rang. Ce n’est jamais une décision. « Sous réserve » : il manque des évaluations, ou "
    "l’éligibilité est à instruire, voir Alertes."
)
_ZONE_TONES = (("Retenu", Tone.GOOD), ("Délibération", Tone.DOUBT), ("Non retenu", Tone.BAD))


class LeftAside(Protocol):
    """A received dossier without results: `text` says why, with its cell; '' for absent values."""

    @property
    def numero(self) -> str:
        """Its number."""

    @property
    def name(self) -> str:
        """Its project."""

    @property
    def administration(self) -> str:
        """Its host."""

    @property
    def text(self) -> str:
        """Why."""


class _Frames(NamedTuple):
    """The data of the rows: frames in the order of `ranking`, and the remarks of each dossier."""

    ranking: pd.DataFrame
    dossiers: pd.DataFrame
    cofinancing: pd.Series
    remarks: Sequence[WrittenValue]


def _ranked(name: str, look: Column) -> FrameColumn[_Frames]:
    return FrameColumn(look, lambda of: cells.column(of.ranking, name))


def _zipped(function: Callable[..., WrittenValue], names: tuple[str, str], look: Column) -> FrameColumn[_Frames]:
    """The cells that a function makes of two columns of the ranking."""
    return FrameColumn(look, lambda of: starmap(function, zip(*(of.ranking[name] for name in names), strict=True)))


_RANK_COLUMN: Final = _ranked("rank", Column("Rang", Format.INTEGER, 8, _RANK))


def _columns(criteria: Sequence[tuple[str, str]], scale: tuple[float, float]) -> tuple[FrameColumn[_Frames], ...]:
    """The columns in the order of the design; `criteria` are (id, label)."""
    low, high = scale
    mean = f"Moyenne des évaluations complètes, sur l’échelle de {low:g} à {high:g}."
    return (
        _RANK_COLUMN,
        _ranked("numero", Column("N° de dossier", width=15)),
        FrameColumn(Column("Nom du projet", Format.WRAPPED, 30), lambda of: cells.column(of.dossiers, "projet")),
        FrameColumn(
            Column("Administration d’accueil", Format.WRAPPED, 32),
            lambda of: cells.column(of.dossiers, "administration"),
        ),
        _ranked(
            "note",
            Column("Note /20", Format.NOTE, 10, "Moyenne des notes sur 20 des évaluations complètes du dossier."),
        ),
        *(_ranked(name, Column(label, Format.NOTE, 14, mean, scale=scale)) for name, label in criteria),
        _zipped(
            reviews_text, ("reviews", "reviews_expected"),
            Column("Évaluations", width=12, note="Complètes / attendues. Les déports ne comptent pas."),
        ),
        _ranked(
            "stdev",
            Column(
                "Écart-type", Format.NOTE, 11, "Dispersion des notes sur 20 entre jurés ; vide sous deux évaluations."
            ),
        ),
        _ranked("expected_rank", Column("Rang attendu", Format.NOTE, 11, _EXPECTED)),
        _zipped(interval, ("interval_50", "mass_50"), Column("Intervalle 50 %", width=17, note=_HALF)),
        _zipped(interval, ("interval_90", "mass_90"), Column("Intervalle 90 %", width=17, note=_MOST)),
        _ranked("p_selected", Column(_PROBABILITY, Format.PROBABILITY, 13, _SELECTED, bar=True)),
        FrameColumn(
            Column(_ZONE_HEADER, width=14, note=_zone_note(DELIBERATION_BOUNDS), tones=_ZONE_TONES),
            lambda of: cells.worded(of.ranking["zone"], words.ZONES),
        ),
        _ranked(
            "hearts",
            Column("Coups de cœur", Format.INTEGER, 10, "Nombre de jurés qui ont coché « Coup de cœur »."),
        ),
        _zipped(
            words.proposal_text, ("proposal", "proposal_reserves"),
            Column("Proposition", width=20, note=_PROPOSAL, tones=PROPOSAL_TONES),
        ),
        _ranked(
            "decision",
            Column(
                "Décision", width=16, note="Recopiée de l’onglet Candidatures, où une personne la saisit.",
                tones=DECISION_TONES,
            ),
        ),
        FrameColumn(
            Column(
                "Co-financement", width=18, note="Voir l’onglet Cofinancement. Ne joue pas dans le classement.",
                tones=STATUS_TONES,
            ),
            lambda of: cells.worded(of.cofinancing, words.COFINANCING),
        ),
        FrameColumn(
            Column("Alertes", Format.WRAPPED, 48, "Ce qu’il faut savoir avant de se fier au rang."),
            lambda of: of.remarks,
        ),
    )  # fmt: skip


def columns(criteria: Sequence[tuple[str, str]], scale: tuple[float, float]) -> tuple[Column, ...]:
    """The columns in their order; `criteria` are (id, label)."""
    return frame_columns.looks(_columns(criteria, scale))


def fitted(columns: Sequence[Column], ranking: pd.DataFrame, bounds: Bounds, texts: AlertTexts) -> tuple[Column, ...]:
    """The columns as they suit a ranking: decimals of its probabilities, bounds of its zone, what is said of all."""
    style = style_of(ranking["p_selected"], bounds)
    changed: dict[str, dict[str, Any]] = {
        _RANK_COLUMN.look.header: {"note": " ".join((_RANK, *texts.once))},
        _PROBABILITY: {"format": style.format},
        _ZONE_HEADER: {"note": _zone_note(bounds)},
    }
    return tuple(replace(column, **changed.get(column.header, {})) for column in columns)


def _zone_note(bounds: Bounds) -> str:
    low, high = map(percent, bounds)
    return _ZONE.format(low=low, high=high)


def rows(
    ranking: pd.DataFrame,
    dossiers: pd.DataFrame,
    cofinancing: pd.DataFrame,
    criteria: Sequence[tuple[str, str]],
    texts: AlertTexts,
    moved: Mapping[str, str],
    left_aside: Sequence[LeftAside] = (),
) -> Rows:
    """One row per dossier, `ranking` in official order, `dossiers` and `cofinancing` in any, then those left aside.

    `moved`: what a selection under limits did to a dossier, by its number.
    """
    by_number = dossiers.set_index("numero").loc[ranking["numero"]]
    status = cofinancing.set_index("numero").loc[ranking["numero"], "status"]
    frames = _Frames(ranking, by_number, status, remarks(ranking, dict(criteria), texts, moved))
    declared = _columns(criteria, (0, 0))
    return (*frame_columns.rows(declared, frames), *(_row_of(dossier, len(declared)) for dossier in left_aside))


def _row_of(dossier: LeftAside, width: int) -> tuple[WrittenValue, ...]:
    first = (None, dossier.numero, dossier.name or None, dossier.administration or None)
    why = typographic(f"{words.LEFT_ASIDE} ({dossier.text})")
    return (*first, *[None] * (width - len(first) - 1), why)


def interval(bounds: tuple[int, int] | None, mass: float) -> str | None:
    """(3, 7) and what is inside → 3 à 7 (62 %), without a dash, of which some spreadsheets make a date."""
    return None if bounds is None else f"{bounds[0]} à {bounds[1]} ({ProbabilityStyle().text(mass)})"


def reviews_text(received: int, expected: int) -> str:
    """« 3 / 4 »; the evaluations received alone when none is expected, as of a dossier that was withdrawn."""
    return f"{received} / {expected}" if expected else str(received)


def remarks(
    ranking: pd.DataFrame, labels: dict[str, str], texts: AlertTexts, moved: Mapping[str, str]
) -> list[WrittenValue]:
    """The cell « Alertes » of each dossier: why it has no rank, what moved it, its tie-break, its alerts."""
    sentences: list[WrittenValue] = []
    for numero, unranked, alerts, tie_break in zip(
        ranking["numero"], ranking["unranked_reason"], ranking["alerts"], ranking["tie_break"], strict=True
    ):
        parts = [words.UNRANKED[unranked]] if unranked else []
        parts += [moved[numero]] if numero in moved else []
        parts += [f"à égalité, départagé par « {labels[tie_break]} »"] if tie_break else []
        parts += texts.of(alerts)
        sentences.append(cells.sentence(parts))
    return sentences
