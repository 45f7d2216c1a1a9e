"""What a call may have, and need not: the record of a feature, and the features of one program or of one call.

The lowest layer: it knows no type of any other. A feature gives its parts as records of the layers that read them,
which ask for them by their type (`features.parts(PeopleTab)`); nothing outside `eig_sheets.features` imports a feature
but `eig_sheets.installed`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeVar

Part = TypeVar("Part")
_SAMPLE = "eig_sheets.sample"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """What a call may have, in a folder of `eig_sheets.features` of that name.

    `title`: what it is, in French, as sentences name it. `page`: that of `docs/` which explains it. `other_pages`: the
    others there that are about it alone. `needs`: the features without which it cannot be. `libraries`: those of Python
    that it alone imports. `commands`: those of the program that are its own. `everyday`: the names of those that
    `--help` shows first, after the call's. `workbook`: the option for what it may have in a workbook of its own.
    `parts`: the records by which it adds itself to each layer, imported when they are asked for, so that help pages
    stay quick; `sample`: those that the demonstration alone reads, imported when it asks.
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
    parts: Callable[[], tuple[object, ...]] = tuple
    sample: Callable[[], tuple[object, ...]] = tuple


@dataclass(frozen=True, slots=True)
class Features:
    """The features of a program, or of a call: those that are on, and those that the program has and the call not.

    What is off is still known, so that what people wrote for it is left alone and not refused. Their order is that of
    everything that they add: tabs, e-mails, lines, commands come after those of the call itself, feature by feature.
    """

    on: tuple[Feature, ...] = ()
    off: tuple[Feature, ...] = ()
    own: Callable[[], tuple[object, ...]] = tuple

    @classmethod
    def of(cls, *features: Feature, own: Callable[[], tuple[object, ...]] = tuple) -> Features:
        """Those of a program, in order; `own`: the parts of the call itself, imported when they are asked for."""
        return cls(features, own=own)

    def __iter__(self) -> Iterator[Feature]:
        """Every feature of the program, in order."""
        return iter((*self.on, *self.off))

    def parts(self, kind: type[Part]) -> tuple[Part, ...]:
        """The parts of that type: those of the call itself, then those of the features that are on."""
        own = tuple(part for part in _own_parts(self.own) if isinstance(part, kind))
        return (*own, *_parts(self.on, kind))

    def parts_off(self, kind: type[Part]) -> tuple[Part, ...]:
        """The parts of that type of the features that are off."""
        return _parts(self.off, kind)

    def without(self, names: Collection[str]) -> Features:
        """These features, those of these names off; a name of none changes nothing."""
        return Features(
            tuple(feature for feature in self.on if feature.id not in names),
            (*self.off, *(feature for feature in self.on if feature.id in names)),
            self.own,
        )


def _parts(features: tuple[Feature, ...], kind: type[Part]) -> tuple[Part, ...]:
    of_sample = kind.__module__.startswith(_SAMPLE)
    found = (part for feature in features for part in (_sample_of if of_sample else _parts_of)(feature))
    return tuple(part for part in found if isinstance(part, kind))


@cache
def _own_parts(own: Callable[[], tuple[object, ...]]) -> tuple[object, ...]:
    return own()


@cache
def _sample_of(feature: Feature) -> tuple[object, ...]:
    return feature.sample()


@cache
def _parts_of(feature: Feature) -> tuple[object, ...]:
    return feature.parts()
