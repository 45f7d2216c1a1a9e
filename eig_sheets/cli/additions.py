"""The parts by which a feature adds to a command of the call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class AddedCommand(NamedTuple):
    """A command of a feature that a command of the call runs instead, once one of its parameters is given.

    The command of the call, named by its words (« jury status »), has its parameters too, the choices that it adds to
    those of the same name, and the paragraphs of its help. `place`: its module and its name there, « module:name »,
    imported when the command is asked for. `in_other_workbook`: it also runs with the option that names the other
    workbook of the call.
    """

    of: str
    place: str
    in_other_workbook: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class AddedHelp:
    """What the help of a command of the call says besides where a call has a feature.

    `options`: the help of some options, by their names, instead of that of the command itself; `choices`: those that
    some have besides.
    """

    of: str
    paragraph: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
