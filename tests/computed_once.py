"""What the runs of these tests would compute again and again, each in a second or so: the same once a process.

All are pure functions; what they are given is the key, and nothing else of a run is kept.
"""

from __future__ import annotations

import copy
import functools
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import fields, replace
from hashlib import blake2b
from typing import Any

import jinja2
import pandas as pd

from eig_sheets.campaign import reading, results
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.workbook import robot_tabs
from eig_sheets.workbook.model.snapshot import Snapshot

_MOST_KEPT = 40


def install() -> None:
    """Compile each template once, correct each ranking once; read and compute equal workbooks once.

    To be called before any module takes `read` or `compute` by name.
    """
    jinja2.Environment.compile = functools.cache(jinja2.Environment.compile)
    results.calibrate = kept(results.calibrate)
    reading.read = read_once(reading.read)
    results.compute = computed_once(results.compute)


def kept(calibrate: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, which gives copies of what it computed before for the same evaluations and settings."""
    known: dict[str, Any] = {}

    @functools.wraps(calibrate)
    def asked(votes: pd.DataFrame, numbers: Iterable[str], *settings: Any) -> Any:
        numbers = [*numbers]
        key = repr((votes[["numero", "jure", "note"]].to_numpy().tolist(), numbers, settings))
        if key not in known:
            known[key] = calibrate(votes, numbers, *settings)
        return copy.deepcopy(known[key])

    return asked


class _Recent:
    """The latest values by key; a few, because each holds a whole campaign."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The value of a key, made unless it is there."""
        if key not in self._kept:
            self._kept[key] = make()
        self._kept.move_to_end(key)
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]


def read_once(read: Callable[[Snapshot, Campaign], Reading]) -> Callable[[Snapshot, Campaign], Reading]:
    """The same function, which reads equal snapshots once while the registry of tabs is the same.

    Each reading has the snapshot that it was asked of.
    """
    known = _Recent()

    @functools.wraps(read)
    def asked(snapshot: Snapshot, campaign: Campaign) -> Reading:
        content = [getattr(snapshot, one.name) for one in fields(snapshot) if one.name != "version"]
        registry = [tab.id for tab in robot_tabs.ROBOT_TABS]
        key = blake2b(repr((content, campaign, registry)).encode("utf-8", "surrogatepass")).digest()
        return replace(known.get(key, lambda: read(snapshot, campaign)), snapshot=snapshot)

    return asked


def computed_once(compute: Callable[..., Results]) -> Callable[..., Results]:
    """The same function, which computes once for a reading, whatever snapshot it carries."""
    known = _Recent()

    @functools.wraps(compute)
    def asked(read: Reading, *reported: Any) -> Results:
        parts = [getattr(read, one.name) for one in fields(read) if one.name != "snapshot"]
        key = (*map(id, parts), repr(reported))
        _, found = known.get(key, lambda: (parts, compute(read, *reported)))  # kept with what their ids stand for
        results: Results = found
        return results

    return asked
