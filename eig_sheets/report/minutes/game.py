"""What the minutes say of the rules of the game: what was recorded of them, what changed since, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from eig_sheets.game import play
from eig_sheets.overrides import REOPENING
from eig_sheets.reading import Reading
from eig_sheets.recorded import ABSENT, DOSSIER, recorded
from eig_sheets.results import Results
from eig_sheets.workbook.render.regles import Rule


@dataclass(frozen=True, slots=True)
class Held:
    """What the tab `Règles du jeu`, by its own name, holds against what is now; nothing when nothing is recorded.

    `rules`: all of them; one that the tab does not know was « absent ». `noted`: dossiers whose rank and note are
    recorded. `moved`: those whose rank or note changed; when none is recorded, those to which the recorded rules would
    give another. `reopenings`: each with its reason, `since` None when no synchronisation recorded it yet.
    `unexplained`: changes that wait for a reason.
    """

    tab: str
    rules: tuple[Rule, ...] = ()
    noted: int = 0
    moved: tuple[Rule, ...] = ()
    reopenings: tuple[Rule, ...] = ()
    unexplained: int = 0

    @property
    def changed(self) -> bool:
        """Whether anything is not as it was recorded at first."""
        return bool(self.moved or self.reopenings or any(one.changed for one in self.rules))


def held_of(reading: Reading, results: Results, day: date) -> Held:
    """What a synchronisation of that `day` would find, of what the workbook itself says was recorded."""
    tab = reading.layout.robot_tabs.get("regles", reading.schema.robot_tabs["regles"])
    before = recorded(reading)
    if not before:
        return Held(tab)
    game = play(reading, results, before, datetime.combine(day, time.min), day)
    known = {one.what: one for one in before if one.what != REOPENING}
    noted = [what for what in known if what.startswith(DOSSIER)]
    lines = [*_known(known.values(), game.rules), *_unknown(known, game.rules, noted=bool(noted))]
    return Held(
        tab,
        rules=tuple(one for one in lines if not one.what.startswith(DOSSIER)),
        noted=len(noted),
        moved=tuple(one for one in lines if one.what.startswith(DOSSIER) and one.changed),
        reopenings=tuple(
            one if one in before else replace(one, since=None) for one in game.rules if one.what == REOPENING
        ),
        unexplained=len(game.anomalies),
    )


def _known(before: Iterable[Rule], after: Sequence[Rule]) -> list[Rule]:
    """The lines of the tab as they are in it: a reopening that it does not have yet changes none of them."""
    now = {one.what: one.now for one in after}
    return [replace(one, now=now.get(one.what) or ABSENT) for one in before]


def _unknown(known: Iterable[str], after: Sequence[Rule], *, noted: bool) -> list[Rule]:
    """The lines that the tab does not have.

    Before notes are recorded, those of a dossier are what the recorded rules would give; the first notes to be
    recorded are no change.
    """
    new = [one for one in after if one.what not in known and one.what != REOPENING]
    given = [one for one in new if one.what.startswith(DOSSIER) and not noted]
    appeared = [replace(one, recorded=ABSENT, since=None) for one in new if one not in given]
    return [*appeared, *(one for one in given if one.since is None)]
