"""The part by which a feature adds options to `init`."""

from __future__ import annotations

from typing import NamedTuple


class InitOptions(NamedTuple):
    """A command of a feature that `init` runs instead, once one of its parameters is given.

    `init` has its parameters too, and the paragraphs of its help. `place`: its module and its name there,
    « module:name », imported when `init` is asked for.
    """

    place: str
