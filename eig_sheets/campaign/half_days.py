"""The half-days on which jurors are asked whether they can come, and the part by which a feature gives them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from eig_sheets.config import Campaign


@dataclass(frozen=True, slots=True, eq=False)
class HalfDays:
    """The half-days that a feature needs jurors on, in the syntax of « Disponibilités »."""

    of: Callable[[Campaign], Iterable[str]]


def half_days(campaign: Campaign) -> tuple[str, ...]:
    """Those that the declarations of a call ask about, each once; without any, they ask in one cell of free text."""
    return tuple(dict.fromkeys(text for part in campaign.features.parts(HalfDays) for text in part.of(campaign)))
