"""Names of people, as they compare."""

from __future__ import annotations

from eig_sheets.text.french import plain


def name_key(name: str) -> frozenset[str]:
    """A name as it compares: its words in any order, without case, accents or hyphens, and without a title."""
    return frozenset(plain(name).split()) - {"m", "mme", "mlle", "monsieur", "madame", "dr", "pr"}
