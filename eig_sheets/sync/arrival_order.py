"""Versions that arrived last and say that they were saved before the one that counts: their order is in doubt. Pure.

The clock of the juror's machine may be late, or an old page may have been put in the folder again: nothing tells which.
What was known counts as it was, and is said; but a doubt about a déport steps aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from eig_sheets.domain.versions import Key, Version
from eig_sheets.workbook import values
from eig_sheets.workbook.typed_values import as_typed

_NEXT: Final = timedelta(seconds=1)
_LIST: Final = " ; "


@dataclass(frozen=True, slots=True)
class Doubt:
    """A version that arrived last, and `other`, which was received before and says that it was saved after.

    `careful`: the version that counts in their place when the one that arrived last steps aside; None when it does not.
    """

    last: Version
    other: Version
    careful: Version | None = None


def doubts_of(known: Iterable[Version], saved: Iterable[Version]) -> list[Doubt]:
    """The doubts, by dossier then juror: of what was `known` and of what pages say (`found`)."""
    by_key: dict[Key, list[Version]] = {}
    for version in (*known, *saved):
        if version.values:
            by_key.setdefault(version.key, []).append(version)
    doubts = (_doubt(versions) for _, versions in sorted(by_key.items(), key=lambda item: (item[0][1], item[0][0])))
    return [doubt for doubt in doubts if doubt is not None]


def careful_versions(doubts: Iterable[Doubt]) -> Iterator[Version]:
    """What counts because of these doubts."""
    return (doubt.careful for doubt in doubts if doubt.careful is not None)


def _doubt(versions: list[Version]) -> Doubt | None:
    page = _page(max(versions, key=lambda version: (version.received, version.moment)))
    # Its earliest version, not the careful one.
    last = min((version for version in versions if _page(version) == page), key=lambda version: version.moment)
    others = [version for version in versions if _page(version) != page]
    if not others:
        return None
    other = max(others, key=lambda version: (version.moment, version.received))
    if other.received >= last.received or other.moment <= last.moment or other.values == last.values:
        return None
    return Doubt(last, other, _careful(last, other))


def _page(version: Version) -> tuple[datetime, str]:
    return version.received, version.source


def _careful(last: Version, other: Version) -> Version | None:
    """The two as one: of a dossier, the déport; of a declaration, what counts and the déports of both."""
    moment = other.moment + _NEXT
    if last.numero:
        steps_aside = says_deport(last) and not says_deport(other)
        return replace(last, moment=moment) if steps_aside else None
    said, more = _numbers(other), _numbers(last)
    if more <= said:
        return None
    deports = _LIST.join(sorted(said | more))
    return replace(last, values={**other.values, "deports": deports}, moment=moment)


def says_deport(version: Version) -> bool:
    """Whether the answer to « Déport » is anything but blank or « non »."""
    try:
        return bool(values.yes_no(as_typed(version.values.get("deport"))))
    except values.UnreadableError:
        return True


def _numbers(version: Version) -> set[str]:
    return {*(values.items(str(version.values.get("deports") or "")) or ())}
