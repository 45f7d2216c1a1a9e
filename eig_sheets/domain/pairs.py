"""A pair of what is noted and a juror, as recusals and assignments have them."""

from __future__ import annotations

Pair = tuple[str, str]
"""The number of a dossier or of a candidate, and the address of a juror."""
