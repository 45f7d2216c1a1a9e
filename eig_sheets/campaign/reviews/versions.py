"""Versions of what jurors say on their pages, about a dossier or about themselves: which one counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

Value = str | float | bool
"""What somebody typed, as a robot's tab can hold it."""
Key = tuple[str, str]
"""A juror and a dossier, '' where it is about the juror."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a juror said at one moment: values by field id, blanks left out; none where nothing counts yet.

    `moment`: when the page was saved, and never after it was `received`; both naive, whole seconds. `source`: the
    page's file, `cell` its first cell of these values; `described`: the dossier's version that the page showed.
    """

    juror: str
    numero: str
    values: Mapping[str, Value]
    moment: datetime
    received: datetime
    source: str
    cell: str = ""
    described: str = ""

    @property
    def key(self) -> Key:
        """Whose it is, and of what."""
        return self.juror, self.numero

    @property
    def place(self) -> str:
        """« grille.xlsx, Grille!B12 »."""
        return f"{self.source}, {self.cell}" if self.cell else self.source


@dataclass(frozen=True, slots=True)
class Record:
    """The version that counts, and how many there were; `version` has no values where none does.

    `rival`: another one of the same moment; `late`: one that came after the end, where it says something else.
    """

    version: Version
    count: int = 1
    rival: str = ""
    late: str = ""


@dataclass(frozen=True, slots=True)
class _Moment:
    """A moment, and the version of it that counts: one that is known, that goes on, else the first that was received.

    `is_doubtful`: several were saved at that moment, that say different things.
    """

    version: Version
    is_known: bool
    is_doubtful: bool


def collected(known: Iterable[Record], saved: Iterable[Version], last_day: date | None) -> list[Record]:
    """The record of each juror and dossier, by dossier then juror, from the `known` records and the `saved` versions.

    The latest version that was saved until the end of `last_day` counts; known ones were accepted. It has the first
    moment at which the same was said without interruption or doubt. Of two versions of one moment, the known one
    counts, else the one that says what was said before, else the first received. Neither the order in which they are
    given nor collecting them again changes anything.
    """
    accepted: dict[Key, list[Record]] = {}
    versions: dict[Key, list[Version]] = {}
    for record in known:
        accepted.setdefault(record.version.key, []).append(record)
    for version in saved:
        versions.setdefault(version.key, []).append(version)
    keys = sorted({*accepted, *versions}, key=lambda key: (key[1], key[0]))
    return [_record(accepted.get(key, []), versions.get(key, []), last_day) for key in keys]


def _record(known: Sequence[Record], saved: Sequence[Version], last_day: date | None) -> Record:
    held = [record for record in known if record.version.values]
    on_time = [version for version in saved if last_day is None or version.moment.date() <= last_day]
    late = [version for version in saved if last_day is not None and version.moment.date() > last_day]
    candidates = sorted([*(record.version for record in held), *on_time], key=_order)
    if not candidates:
        return _nothing_in_time(known, late)
    moments = _one_each_moment([record.version for record in held], candidates)
    winner, first = moments[-1].version, _first_of_its_stretch(moments)
    before = [
        record for record in held if record.version.values == first.values and record.version.moment == first.moment
    ]
    rivals = [version for version in candidates if version.moment == winner.moment and version.values != winner.values]
    differing = [version for version in sorted(late, key=_order) if version.values != first.values]
    return Record(
        before[0].version if before else first,
        _count(held, moments),
        rivals[0].place if rivals else next((record.rival for record in before if record.rival), ""),
        said_late(differing[-1]) if differing else next((record.late for record in before if record.late), ""),
    )


def _order(version: Version) -> tuple[datetime, datetime, str, str, str]:
    return version.moment, version.received, version.source, version.cell, repr(sorted(version.values.items()))


def _one_each_moment(held: Sequence[Version], candidates: Sequence[Version]) -> list[_Moment]:
    moments: list[_Moment] = []
    for _, group in groupby(candidates, key=lambda version: version.moment):
        versions = [*group]
        known = next((version for version in versions if any(version is other for other in held)), None)
        unchanged = next(
            (version for version in versions if moments and version.values == moments[-1].version.values), None
        )
        is_doubtful = any(version.values != versions[0].values for version in versions)
        moments.append(_Moment(known or unchanged or versions[0], known is not None, is_doubtful))
    return moments


def _first_of_its_stretch(moments: Sequence[_Moment]) -> Version:
    """Where the last version began, as far as that can be told again once the ones before are not known any more."""
    first = moments[-1]
    for earlier in reversed(moments[:-1]):
        if earlier.version.values != first.version.values or (earlier.is_doubtful and not earlier.is_known):
            break
        first = earlier
        if earlier.is_doubtful:
            break
    return first.version


def _stretches(versions: Iterable[Version]) -> int:
    return sum(1 for _ in groupby(versions, key=lambda version: dict(version.values)))


def _count(held: Sequence[Record], moments: Sequence[_Moment]) -> int:
    """How many versions there were: those that are here, or those that are known and what came after them.

    Versions of one moment count once; an earlier moment adds none where it is unclear which version counted.
    """
    line = [moment.version for moment in moments if moment.is_known or not moment.is_doubtful or moment is moments[-1]]
    counts = [_stretches(line)]
    for record in held:
        after = [moment for moment in line if moment.moment > record.version.moment]
        counts.append(record.count - 1 + _stretches([record.version, *after]))
    return max(counts)


def _nothing_in_time(known: Sequence[Record], late: Sequence[Version]) -> Record:
    """The record of what only came after the end: it says so, and counts for nothing."""
    if not late:
        return max(known, key=lambda record: _order(record.version))
    last = max(late, key=_order)
    return Record(replace(last, values={}), 0, "", said_late(last))


def said_late(version: Version) -> str:
    """« grille.xlsx, Grille!B12, 12/05/2021 10:03 »."""
    return f"{version.place}, {version.moment:%d/%m/%Y %H:%M}"


Pair = tuple[str, str]
"""The number of a dossier or of a candidate, and the address of a juror."""
