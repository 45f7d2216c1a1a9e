"""What a call may have, and need not: the record of a feature, and the features of one program or of one call.

The lowest layer: it knows no type of any other. A feature gives its parts as records of the layers that read them,
which ask for them by their type (`features.parts(PeopleTab)`); nothing outside `eig_sheets.features` imports a feature
but `eig_sheets.installed`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final, NamedTuple, TypeVar

Part = TypeVar("Part")


class Command(NamedTuple):
    """A command, before its module is imported.

    `summary`: the first sentence of its help. `place`: its module and its name there, « module:name ». `of_projects`:
    it says nothing of candidates, and is refused in a workbook that has them alone.
    """

    name: str
    summary: str
    place: str
    of_projects: bool = False


class WorkbookOption(NamedTuple):
    """The option of the program that names the workbook of a feature, where the call has one apart; `help`: its own."""

    name: str
    help: str


class CommandGroup(NamedTuple):
    """A group of commands, before their modules are imported; `summary`: its help; `of_projects`: as of a command."""

    name: str
    summary: str
    commands: tuple[Command, ...]
    of_projects: bool = False


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


@dataclass(frozen=True, slots=True, eq=False)
class Arrival:
    """What a feature brings in from elsewhere before the plan of a night, and not in a trial.

    `place`: its function, « module:name », imported when it is asked for: it takes the session.
    """

    place: str


@dataclass(frozen=True, slots=True, eq=False)
class NightWork:
    """What a feature does after each write of `sync`, and the sending of its e-mails.

    `place`: its function, « module:name », imported when it is asked for: it takes the session.
    """

    place: str


Parts = Callable[[], tuple[object, ...]]
"""Records that are imported when they are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """What a call may have, in a folder of `eig_sheets.features` of that name.

    `title`: what it is, in French, as sentences name it. `page`: that of `docs/` which explains it. `other_pages`: the
    others there that are about it alone. `needs`: the features without which it cannot be. `libraries`: those of Python
    that it alone imports. `commands`: those of the program that are its own. `everyday`: the names of those that
    `--help` shows first, after the call's. `workbook`: the option for what it may have in a workbook of its own.
    `question`: what `init` asks of a call that follows none, which has the feature if the answer is yes; without one,
    every call has it until it is turned off.
    The records by which it adds itself to each layer, in the groups that a run imports together, if it asks for one of
    them: `added` to commands of the call; `settings`, which the configuration reads; `parts`, which a night reads;
    `occasional`, which some commands alone read; `sample`, of the demonstration. `group_of` says which are where.
    """

    id: str
    title: str
    page: str
    other_pages: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    commands: tuple[Command | CommandGroup, ...] = ()
    everyday: tuple[str, ...] = ()
    workbook: WorkbookOption | None = None
    question: str = ""
    added: tuple[AddedCommand | AddedHelp | Arrival | NightWork, ...] = ()
    settings: Parts = tuple
    parts: Parts = tuple
    occasional: Parts = tuple
    sample: Parts = tuple


GROUPS: Final = ("added", "settings", "parts", "occasional", "sample")
_GROUP_OF: Final = {
    "eig_sheets.registry": "added",
    "eig_sheets.config": "settings",
    "eig_sheets.call.applications.importing": "occasional",
    "eig_sheets.call.applications.plan_undo": "occasional",
    "eig_sheets.call.jury.pages": "occasional",
    "eig_sheets.emails.call_dates": "occasional",
    "eig_sheets.features": "occasional",  # what a feature defines for itself alone
    "eig_sheets.personal_data": "occasional",
    "eig_sheets.run.init": "occasional",
    "eig_sheets.storage": "occasional",
    "eig_sheets.sample": "sample",
}
"""The group of the records that a folder or a module defines; those of all others are `parts`."""


def group_of(kind: type[object]) -> str:
    """The group of a feature's records in which those of that type are: that of the layer which asks for them."""
    return _group_of_module(layer_of(kind).__module__)


def layer_of(kind: type[object]) -> type[object]:
    """The type by which a layer of the program asks for records of that one: itself, or the type that it extends."""
    return next((base for base in kind.__mro__ if _is_of_a_layer(base.__module__)), kind)


def _is_of_a_layer(module: str) -> bool:
    return module.startswith("eig_sheets.") and not module.startswith(_OF_FEATURES)


_OF_FEATURES: Final = "eig_sheets.features."


@cache
def _group_of_module(module: str) -> str:
    return next((group for place, group in _GROUP_OF.items() if f"{module}.".startswith(f"{place}.")), "parts")


@dataclass(frozen=True, slots=True)
class Features:
    """The features of a program, or of a call: those that are on, and those that the program has and the call not.

    What is off is still known, so that what people wrote for it is left alone and not refused. Their order is that of
    everything that they add: tabs, e-mails, lines, commands come after those of the call itself, feature by feature.
    """

    on: tuple[Feature, ...] = ()
    off: tuple[Feature, ...] = ()
    own: Parts = tuple

    @classmethod
    def of(cls, *features: Feature, own: Parts = tuple) -> Features:
        """Those of a program, in order; `own`: the parts of the call itself, imported when they are asked for."""
        return cls(features, own=own)

    def __iter__(self) -> Iterator[Feature]:
        """Every feature of the program, in order."""
        return iter((*self.on, *self.off))

    def parts(self, kind: type[Part]) -> tuple[Part, ...]:
        """The parts of that type: those of the call itself, then those of the features that are on."""
        own = _own_parts(self.own) if group_of(kind) == "parts" else ()
        return (*(part for part in own if isinstance(part, kind)), *_parts(self.on, kind))

    def parts_off(self, kind: type[Part]) -> tuple[Part, ...]:
        """The parts of that type of the features that are off."""
        return _parts(self.off, kind)

    def without(self, names: Collection[str]) -> Features:
        """These features, those of these names off, and those that need one of them; a name of none changes nothing."""
        off = {*names}
        while following := {feature.id for feature in self.on if not off.isdisjoint(feature.needs)} - off:
            off |= following
        return Features(
            tuple(feature for feature in self.on if feature.id not in off),
            (*self.off, *(feature for feature in self.on if feature.id in off)),
            self.own,
        )


def _parts(features: tuple[Feature, ...], kind: type[Part]) -> tuple[Part, ...]:
    group = group_of(kind)
    return tuple(part for feature in features for part in parts_in(feature, group) if isinstance(part, kind))


@cache
def parts_in(feature: Feature, group: str) -> tuple[object, ...]:
    """The records of a feature in one of its groups, imported."""
    found: Parts | tuple[object, ...] = getattr(feature, group)
    return found() if callable(found) else found


@cache
def _own_parts(own: Parts) -> tuple[object, ...]:
    return own()
