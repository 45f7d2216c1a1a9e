"""French texts of a ranking: its alerts, how sure it is, how well jurors' votes fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal
from typing import Final

import pandas as pd

from eig_sheets.call.scoring.calibration import CUT_SHARE, Calibration, Fit, WeakLink
from eig_sheets.call.scoring.rules_ranking import Alert, mostly_tied
from eig_sheets.spreadsheet.model.sheet import Format
from eig_sheets.text.french import MOST_LISTED, listed, listed_first, number, percent, plural, typographic
from eig_sheets.workbook import words
from eig_sheets.workbook.anomalies import Anomaly, anomaly, warning

WEAK_LINK: Final = warning(
    "lien_faible",
    "Deux parties du jury ({names}, d’un côté ; {others}, de l’autre) ne sont comparées que par {shared} : les "
    "intervalles du classement en tiennent compte.",
    "Remplissez « {header} » s’il s’agit de groupes, ou faites évaluer {count} d’un côté par des jurés de l’autre, "
    "par exemple {examples} par {readers}, s’ils n’ont pas à se déporter.",
)

MOST_EXAMPLES = 3
"""Dossiers, and jurors who may read them, that a remedy names."""


@dataclass(frozen=True, slots=True)
class AlertTexts:
    """The texts of the alerts of one ranking: `texts` by code, without those of the whole ranking (`once`)."""

    texts: Mapping[str, str]
    once: tuple[str, ...] = field(default=())

    def of(self, alerts: Iterable[str]) -> Iterator[str]:
        """The texts of the alerts of one dossier."""
        return (self.texts[alert] for alert in alerts if alert in self.texts)


def alert_texts(ranking: pd.DataFrame, places: int, calibration: Calibration) -> AlertTexts:
    """The alert texts of a ranking with this number of places and this calibration."""
    ranked = int(ranking["rank"].notna().sum())
    texts = {**words.ALERTS, Alert.AS_MANY_PLACES: everyone_fits_text(ranked, places)}
    tied, once = mostly_tied(ranking), [*comparison_sentences(calibration)]
    if tied:
        del texts[Alert.TIED]
        once = [_ties_sentence(tied, ranked), *once]
    return AlertTexts(texts, tuple(map(typographic, once)))


def comparison_sentences(calibration: Calibration) -> Iterator[str]:
    """Warnings on comparisons between parts of the jury that rest on few evaluations or on none."""
    if calibration.reason is None and len(calibration.components) > 1:
        yield (
            f"Les {number(len(calibration.components))} parties du jury qui n’ont aucun dossier en commun sont "
            "classées ensemble : la comparaison suppose que leurs groupes ont reçu des dossiers de même valeur."
        )
        yield from _corrections(calibration.groups)
    for link in calibration.weak_links:
        doubt = weak_link_anomaly(link)
        yield f"{doubt.message} {doubt.remedy}"


def _corrections(groups: pd.DataFrame) -> Iterator[str]:
    """The mean and the correction of each group; a group of one juror would show that person's severity."""
    several = groups[groups["jurors"] > 1]
    told = [
        f"{name} {number(mean, 2)} ({'+' if severity > 0 else ''}{number(severity, 2)})"
        for name, mean, severity in zip(several.index, several["mean"], several["severity"], strict=True)
    ]
    if told:
        others = len(told) - MOST_LISTED
        shown = [*told[:MOST_LISTED], *([plural(others, "autre groupe", "autres groupes")] if others > 0 else [])]
        label = "Moyenne sur 20 des groupes de plusieurs jurés, et entre parenthèses leur correction"
        yield f"{label} : {' ; '.join(shown)}."


def weak_link_anomaly(link: WeakLink, tab: str = "Jury", header: str = "Groupe") -> Anomaly:
    """The anomaly of a weak link between parts of the jury; `tab` and `header` are those of the groups."""
    return anomaly(
        WEAK_LINK,
        tab,
        names=listed_first(link.sides[1]),
        others=listed_first(link.sides[0]),
        shared=f"quelques évaluations, de {listed_first(link.shared)}" if link.shared else "des jurés d’autres parties",
        header=header,
        count=plural(link.missing, "dossier"),
        examples=listed(link.apart[:MOST_EXAMPLES]),
        readers=listed(link.readers[:MOST_EXAMPLES]),
    )


def everyone_fits_text(ranked: int, places: int) -> str:
    """Why the rank selects nobody."""
    return f"{'plus de' if ranked < places else 'autant de'} places que de projets"


def _ties_sentence(tied: int, ranked: int) -> str:
    some = f"{number(tied)} des {number(ranked)} dossiers classés"
    return f"{some} sont ex aequo avec un autre, tous les départages épuisés : leur rang ne dit pas lequel est devant."


FIT_METHOD: Final = typographic(
    "L’écart est la distance des notes d’un juré à ce qu’annoncent les autres jurés et le modèle, sa sévérité mise à "
    "part ; 1 est l’écart attendu. « S’écarte » : moins d’un jury honnête sur vingt aurait un juré aussi loin ; c’est "
    "une question à lui poser, pas un reproche, et ses notes comptent comme les autres. « Trop peu de dossiers » : un "
    "juré qui noterait au hasard passerait inaperçu plus d’une fois sur cinq."
)


def cut_text(share: float) -> str:
    """A warning that a severity's interval is too short, for this share of extreme notes; '' otherwise."""
    if not share >= CUT_SHARE:
        return ""
    return typographic(f"intervalle trop court : {number(100 * share, 0)} % de notes extrêmes")


def fit_summary(flags: Iterable[str | None]) -> str:
    """One sentence on how many jurors depart from what is expected, how many follow, how many cannot be told."""
    counts = dict.fromkeys(Fit, 0)
    for flag in flags:
        if flag is not None:
            counts[Fit(flag)] += 1
    if not any(counts.values()):
        return ""
    far = plural(counts[Fit.FAR], "juré s’écarte", "jurés s’écartent") if counts[Fit.FAR] else "aucun juré ne s’écarte"
    follow = plural(counts[Fit.FOLLOWS], "suit", "suivent")
    few = plural(counts[Fit.TOO_FEW], "a", "ont")
    text = f"{far} de ce qui est attendu, {follow} ce qui est attendu, {few} trop peu de dossiers pour le dire."
    return typographic(f"{text[:1].upper()}{text[1:]}")


Bounds = tuple[float, float]

NEARLY_NONE: Final = 0.01
NEARLY_SURE: Final = 0.99
_FORMATS: Final = (Format.PROBABILITY, Format.PROBABILITY_1, Format.PROBABILITY_2)


@dataclass(frozen=True, slots=True)
class ProbabilityStyle:
    """Per cents of `decimals`; « < 1 % » and « > 99 % » at the ends, unless all are `certain`.

    An estimated probability is never nought or one. With as many places as dossiers, all are one by definition.
    """

    decimals: int = 0
    certain: bool = False

    def text(self, probability: float) -> str:
        """0.624 → 62 %."""
        if probability < NEARLY_NONE and not self.certain:
            return typographic("< 1 %")
        if probability > NEARLY_SURE and not self.certain:
            return typographic("> 99 %")
        return percent(probability, self.decimals)

    @property
    def format(self) -> Format:
        """The format of a column of a tab."""
        return Format.PERCENT if self.certain else _FORMATS[self.decimals]


def style_of(probabilities: Iterable[float | None], bounds: Bounds) -> ProbabilityStyle:
    """The style of the probabilities of a ranking, of four decimals; `bounds` are those of the zone of deliberation.

    The fewest decimals with which no rounded probability is on another side of a bound than its own zone.
    """
    known = [Decimal(repr(float(p))) for p in probabilities if p is not None and p == p]  # noqa: PLR0124
    low, high = (Decimal(repr(float(bound))) for bound in bounds)
    last = len(_FORMATS) - 1
    decimals = next((d for d in range(last) if all(_keeps_its_side(p, d, low, high) for p in known)), last)
    return ProbabilityStyle(decimals, certain=bool(known) and all(p == 1 for p in known))


def _keeps_its_side(probability: Decimal, decimals: int, low: Decimal, high: Decimal) -> bool:
    """Whether the rounded per cent is on the same side of both bounds, whichever way a program rounds halves."""
    step = Decimal(1).scaleb(-decimals - 2)
    rounded = {probability.quantize(step, way) for way in (ROUND_HALF_UP, ROUND_HALF_DOWN)}
    return {_side(value, low, high) for value in rounded} == {_side(probability, low, high)}


def _side(value: Decimal, low: Decimal, high: Decimal) -> int:
    return (value > high) - (value < low)
