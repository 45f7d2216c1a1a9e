"""French texts of the alerts of a ranking: those of each dossier, and those of all, shown once above the ranking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import pandas as pd

from eig_sheets.domain.calibration import Calibration, WeakLink
from eig_sheets.domain.ranking import Alert, mostly_tied
from eig_sheets.text.french import MOST_LISTED, listed, listed_first, number, plural, typographic
from eig_sheets.workbook import words
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import warning

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
