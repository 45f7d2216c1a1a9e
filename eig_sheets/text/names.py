"""The names of people: how they compare, and the orders of their words."""

from __future__ import annotations

from collections.abc import Sequence

from eig_sheets.text.french import plain


def name_key(name: str) -> frozenset[str]:
    """A name as it compares: its words in any order, without case, accents or hyphens, and without a title."""
    return frozenset(plain(name).split()) - {"m", "mme", "mlle", "monsieur", "madame", "dr", "pr"}


def orders_of(words: Sequence[str]) -> set[tuple[str, ...]]:
    """The words of a name in the orders in which it is written: surnames before or after, wherever they begin."""
    return {(*words[at:], *words[:at]) for at in range(len(words))}
