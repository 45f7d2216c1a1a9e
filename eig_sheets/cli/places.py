"""Finds a function that a part of a feature names, and imports its module only then."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def found_at(place: str) -> Any:
    """What is at a place, « module:name »."""
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
