"""The record of one run: what the history keeps of it and for how long, what changed since the run before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.run.history import edits
from eig_sheets.run.history.content import Content, content_of, has_ranking
from eig_sheets.run.history.edits import Edit
from eig_sheets.run.history.moves import Moment, When, deadline_of, moved_dossiers, segments
from eig_sheets.storage.last_run import Row
from eig_sheets.text.french import listed_first, plural, typographic

_LATE = (When.AROUND, When.AFTER)


class Previous(NamedTuple):
    """The last run that was recorded: its number, its moment, its JSON, and `journal_digest` of the Journal it left."""

    run: int
    at: datetime
    content: bytes
    journal: str


@dataclass(frozen=True)
class History:
    """What is known of the runs before: the key of the pseudonyms, and the last run."""

    key: bytes
    previous: Previous | None = None


@dataclass(frozen=True)
class RunRecord:
    """A run to be recorded; its JSON is made when it is first asked for: a run that changes nothing needs none.

    `results`: those that the workbook shows.
    """

    history: History
    reading: Reading
    results: Results
    now: datetime

    @cached_property
    def content(self) -> bytes:
        """The JSON of the run."""
        return content_of(self.reading, self.results, self.history.key)

    def since(self) -> str:
        """What changed since the run before, for the Journal; nothing when another version kept it otherwise."""
        previous = self.history.previous
        if previous is None:
            return ""
        earlier, later = Moment(previous.run, previous.at), Moment(previous.run + 1, self.now)
        try:
            return _sentence(earlier, json.loads(previous.content), later, json.loads(self.content))
        except (KeyError, TypeError, ValueError):
            return ""


def _sentence(earlier: Moment, before: Content, later: Moment, after: Content) -> str:
    """What changed: counts and numbers of dossiers, nobody's name, no value; '' when nothing did."""
    if not has_ranking(before) or not has_ranking(after):
        return ""
    parts = [*_parts(earlier, before, later, after)]
    return typographic(f"Depuis l’exécution {earlier.run} : {' ; '.join(parts)}.") if parts else ""


def _parts(earlier: Moment, before: Content, later: Moment, after: Content) -> Iterator[str]:
    came = [*edits.dossiers(before, after)]
    yield from _told([edit for edit in came if edit.after], "nouveau dossier", "nouveaux dossiers")
    yield from _told([edit for edit in came if edit.before], "dossier retiré", "dossiers retirés")
    for deadline, edited, singular, several, of in (
        ("call", edits.answers, "réponse modifiée", "réponses modifiées", ""),
        ("jury", edits.reviews, "note modifiée", "notes modifiées", " du jury"),
    ):
        [segment] = segments([earlier, later], deadline_of(after, deadline))
        if segment.when in _LATE:
            where = f"{segment.when}{of}"
            yield from _told(edited(before, after, segment.when), f"{singular} {where}", f"{several} {where}")
    typed = edits.officers(before, after)
    yield from _told(typed, "saisie de l’équipe modifiée", "saisies de l’équipe modifiées")
    yield from _numbers(moved_dossiers(before, after), "rang changé", "rangs changés")


def _told(changes: Iterable[Edit], singular: str, several: str) -> Iterator[str]:
    yield from _numbers([edit.dossier for edit in changes], singular, several)


def _numbers(numbers: list[str], singular: str, several: str) -> Iterator[str]:
    if numbers:
        yield f"{plural(len(numbers), singular, several)} ({listed_first([*dict.fromkeys(numbers)])})"


def journal_digest(journal: tuple[Row, ...] | list[Row]) -> str:
    """A digest of the newest line of the Journal; `journal`: its headers, then its lines."""
    return hashlib.sha256(repr(journal[1:2]).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, eq=False)
class HistoryPeriods:
    """How long a call keeps what its runs leave: the sections that say so, `runs` and `copies`.

    `keeps_copies`: whether the call decided how long the copies of its workbook stay, which name people; else none is
    made.
    """

    runs: str
    copies: str
    keeps_copies: Callable[[Campaign], bool]


def periods_of(campaign: Campaign) -> HistoryPeriods | None:
    """The periods of a call; None where no feature has any: runs and copies then stay."""
    return next(iter(campaign.features.parts(HistoryPeriods)), None)


def keeps_copies(campaign: Campaign) -> bool:
    """Whether each run leaves a copy of the workbook."""
    periods = periods_of(campaign)
    return periods is None or periods.keeps_copies(campaign)
