"""Settings as TOML gives them, with tuples in place of lists."""

from __future__ import annotations

from typing import Any


def with_tuples(value: Any) -> Any:
    """The settings with tuples in place of lists, because the models are immutable."""
    if isinstance(value, dict):
        return {key: with_tuples(item) for key, item in value.items()}
    return tuple(map(with_tuples, value)) if isinstance(value, list) else value
