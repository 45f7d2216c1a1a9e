"""Tries damages on the campaign of a day: which commands are of use there, and what each makes of each damage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from tests.damaged_cells.cases import Case, cases, keys
from tests.damaged_cells.commands import COMMANDS
from tests.damaged_cells.damages import OF_THE_COLUMN
from tests.damaged_cells.days import DayOfCall
from tests.damaged_cells.oracle import CRASHED, fault
from tests.damaged_cells.results import Result, run
from tests.damaged_cells.undetectable import reason

Command = tuple[str, ...]
_PROBES: Final = ("error", OF_THE_COLUMN)
"""Damages that change what rests on a column, if anything does: of the others, such commands alone are tried."""
_ENDS: Final = {0, 1}
"""Exit codes of a command that was of use: done, or the data says no."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A damage and a command, on a day. `fault`: what is wrong with it, '' for nothing; `why`: nothing could tell."""

    day: str
    case: Case
    command: Command
    fault: str
    why: str
    result: Result

    def __str__(self) -> str:
        return f"{self.day} {self.case.name}, {' '.join(self.command)}: {self.fault}"


@dataclass
class Trial:
    """A day of a call, on which damages are tried one after the other."""

    day: DayOfCall
    _sound: dict[Command, Result] = field(default_factory=dict)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """Every damage to every column of people's tabs."""
        self.day.reset()
        return tuple(cases(self.day))

    @cached_property
    def _keys(self) -> frozenset[str]:
        self.day.reset()
        return keys(self.day)

    def sound(self, command: Command) -> Result:
        """What a command gives without damage, asked once."""
        if command not in self._sound:
            self.day.reset()
            self._sound[command] = run(self.day, command)
        return self._sound[command]

    def is_of_use(self, command: Command) -> bool:
        """Whether it has something to do on that day."""
        found = self.sound(command)
        return found.code in _ENDS and bool(found.code == 0 or found.value)

    def tried(self, case: Case, commands: Iterable[Command]) -> Iterator[Pair]:
        """What becomes of a damage under each of these commands that are of use."""
        why = reason(case.damage, self._keys)
        for command in commands:
            if self.is_of_use(command):
                self.day.reset()
                self.day.hurt(case.workbook, case.damage)
                result = run(self.day, command, case.damage)
                found = fault(self.sound(command), result, case.damage)
                excused = why if found and found != CRASHED else ""
                yield Pair(self.day.day, case, command, "" if excused else found, excused, result)

    def of_column(self, tab_id: str, field_id: str) -> list[Case]:
        """The damages to a column, in both workbooks if both have the tab."""
        return [one for one in self.cases if (one.tab_id, one.damage.field.id) == (tab_id, field_id)]

    def whole_column(self, tab_id: str, field_id: str) -> Iterator[Pair]:
        """Every damage to a column under every command: under those that do not rest on it, its probes alone."""
        found = self.of_column(tab_id, field_id)
        resting: dict[Command, None] = {}
        for case in (one for one in found if one.damage.kind in _PROBES):
            for pair in self.tried(case, COMMANDS):
                yield pair
                if pair.result != self.sound(pair.command):
                    resting[pair.command] = None
        for case in (one for one in found if one.damage.kind not in _PROBES):
            yield from self.tried(case, resting)
