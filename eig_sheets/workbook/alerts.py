"""The alerts of a ranking in French: those of each dossier, and what holds of all of them, said once above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from eig_sheets.domain.ranking import Alert, mostly_tied
from eig_sheets.text.french import number, typographic
from eig_sheets.workbook import words


@dataclass(frozen=True, slots=True)
class AlertTexts:
    """The texts of the alerts of one ranking: `texts` by code, without those said `once` of the whole ranking."""

    texts: Mapping[str, str]
    once: tuple[str, ...] = field(default=())

    def of(self, alerts: Iterable[str]) -> Iterator[str]:
        """The texts of the alerts of one dossier."""
        return (self.texts[alert] for alert in alerts if alert in self.texts)


def alert_texts(ranking: pd.DataFrame, places: int) -> AlertTexts:
    """The alerts of a ranking for so many places."""
    ranked = int(ranking["rank"].notna().sum())
    texts = {**words.ALERTS, Alert.AS_MANY_PLACES: everyone_fits_text(ranked, places)}
    tied = mostly_tied(ranking)
    if not tied:
        return AlertTexts(texts)
    del texts[Alert.TIED]
    return AlertTexts(texts, (typographic(_ties_sentence(tied, ranked)),))


def everyone_fits_text(ranked: int, places: int) -> str:
    """Why the rank selects nobody."""
    return f"{'plus de' if ranked < places else 'autant de'} places que de projets"


def _ties_sentence(tied: int, ranked: int) -> str:
    some = f"{number(tied)} des {number(ranked)} dossiers classés"
    return f"{some} sont ex aequo avec un autre, tous les départages épuisés : leur rang ne dit pas lequel est devant."
