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
from pickle import dumps, loads
from types import ModuleType
from typing import Any

import pandas as pd

from eig_sheets.call import results
from eig_sheets.call.applications import rules_eligibility
from eig_sheets.call.cofinancing import rules_cofinancing
from eig_sheets.call.jury.pages import xlsx_form
from eig_sheets.call.scoring import rules_ranking, rules_scoring, scores
from eig_sheets.campaign import reading, tabs
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.emails.mail import templates
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.storage.last_run import NOTHING_KNOWN, LastKnown
from eig_sheets.text import toml
from eig_sheets.workbook.robot_tab import RobotTab
from eig_sheets.workbook.schema import Schema
from tests.features.modules import modules_of_features

_MOST_KEPT = 40
_MOST_PAGES = 200


def install() -> None:
    """Check each template once, correct each ranking once, write equal pages once; read, compute equal workbooks once.

    To be called before any module takes `read` or `compute` by name.
    """
    templates.checked = checked_once(templates.checked)
    scores.calibrate = kept(scores.calibrate)
    for module, names in _RULES:
        for name in names:
            setattr(module, name, applied_once(getattr(module, name)))
    toml.parsed = toml_parsed_once(toml.parsed)
    xlsx_form.xlsx_page = written_once(xlsx_form.xlsx_page)
    tabs.schema_of = reading.schema_of = made_once(tabs.schema_of)
    reading.parse = parsed_once(reading.parse)
    reading.cross_check = cross_checked_once(reading.cross_check)
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


def checked_once(checked: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, which compiles a text once for the names that it may use; mistakes are found anew."""
    known: dict[Hashable, Any] = {}

    @functools.wraps(checked)
    def asked(environment: Any, source: str, first_line: int, names: Any) -> Any:
        key = environment, source, first_line, repr(vars(names))
        if key not in known:
            known[key] = checked(environment, source, first_line, names)
        compiled, used = known[key]
        return compiled, {*used}

    return asked


_RULES: tuple[tuple[ModuleType, tuple[str, ...]], ...] = (
    (rules_eligibility, ("assess",)),
    (rules_scoring, ("evaluate", "score")),
    (rules_ranking, ("rank",)),
    (rules_cofinancing, ("cofinance",)),
    *(rule for module in modules_of_features("computed_once") for rule in module.RULES),
)


def applied_once(rule: Callable[..., Any]) -> Callable[..., Any]:
    """The same rule, which gives copies of what it gave for equal arguments."""
    known = _Recent()

    @functools.wraps(rule)
    def asked(*arguments: Any) -> Any:
        return copy.deepcopy(known.get(blake2b(dumps(arguments)).digest(), lambda: rule(*arguments)))

    return asked


def toml_parsed_once(parsed: Callable[[str], Any]) -> Callable[[str], Any]:
    """The same function, which parses a text once; each has values of its own."""
    known = _Recent()

    @functools.wraps(parsed)
    def asked(text: str) -> Any:
        return loads(known.get(text, lambda: dumps(parsed(text))))

    return asked


def written_once(xlsx_page: Callable[..., bytes]) -> Callable[..., bytes]:
    """The same function, which gives the bytes of equal pages again."""
    known = _Recent(_MOST_PAGES)

    @functools.wraps(xlsx_page)
    def asked(*arguments: Any) -> bytes:
        content: bytes = known.get(blake2b(dumps(arguments)).digest(), lambda: xlsx_page(*arguments))
        return content

    return asked


def made_once(schema_of: Callable[[Campaign], Schema]) -> Callable[[Campaign], Schema]:
    """The same function, which makes the schema of a campaign once."""
    known = _Recent()

    @functools.wraps(schema_of)
    def asked(campaign: Campaign) -> Schema:
        key = id(campaign)
        _, schema = known.get(key, lambda: (campaign, schema_of(campaign)))  # kept with what the id stands for
        made: Schema = schema
        return made

    return asked


def parsed_once(parse: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, which reads the cells of equal tabs once."""
    known = _Recent()

    @functools.wraps(parse)
    def asked(*arguments: Any) -> Any:
        key = blake2b(repr(arguments).encode("utf-8", "surrogatepass")).digest()
        table, anomalies = known.get(key, lambda: parse(*arguments))
        return table, [*anomalies]

    return asked


def cross_checked_once(cross_check: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, which compares the same tables once, whatever the others hold."""
    known = _Recent()

    @functools.wraps(cross_check)
    def asked(tables: Any, notes_tabs: Any) -> Any:
        notes = {tab.id for tab in notes_tabs}
        compared = {name: table for name, table in tables.items() if name in notes or is_compared(table)}
        key = tuple((name, id(table.layout), id(table.frame), table.blocked) for name, table in compared.items())
        _, checked, found = known.get(
            key, lambda: (compared, *cross_check(compared, notes_tabs))
        )  # kept with what ids stand for
        return {**tables, **checked}, [*found]

    return asked


def is_compared(table: Any) -> bool:
    """Whether the rows of a tab are compared with those of others."""
    schema = table.layout.schema
    return schema.id == "jury" or schema.unique or schema.of_jurors or schema.of_dossiers


class _Recent:
    """The latest values by key; a few, where each holds a whole campaign."""

    def __init__(self, most: int = _MOST_KEPT) -> None:
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._most = most

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The value of a key, made unless it is there."""
        if key not in self._kept:
            self._kept[key] = make()
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return self._kept[key]


def read_once(read: Callable[..., Reading]) -> Callable[..., Reading]:
    """The same function, which reads equal snapshots of calls with the same tabs once.

    Each reading has the snapshot that it was asked of.
    """
    recent = _Recent()

    @functools.wraps(read)
    def asked(
        snapshot: Snapshot, campaign: Campaign, received: Any = None, known: LastKnown = NOTHING_KNOWN
    ) -> Reading:
        content = [getattr(snapshot, one.name) for one in fields(snapshot) if one.name != "version"]
        registry = [tab.id for tab in campaign.features.parts(RobotTab)]
        asked_of = repr((content, campaign, campaign.part, registry, received, known))
        key = blake2b(asked_of.encode("utf-8", "surrogatepass")).digest()
        return replace(recent.get(key, lambda: read(snapshot, campaign, received, known)), snapshot=snapshot)

    return asked


def computed_once(compute: Callable[..., Results]) -> Callable[..., Results]:
    """The same function, which computes once for a reading, whatever snapshot it carries."""
    known = _Recent()

    @functools.wraps(compute)
    def asked(read: Reading, *reported: Any, **known_before: Any) -> Results:
        key = (*_identity(read), repr((reported, known_before)))
        _, found = known.get(key, lambda: (read, compute(read, *reported, **known_before)))  # kept with its parts
        results: Results = found
        return results

    return asked


def _identity(read: Reading) -> tuple[Hashable, ...]:
    """Which reading it is, of whatever snapshot: each run reads back its own rows and links it to the other."""
    made_anew = ("snapshot", "read_back", "linked", *(("overrides",) if read.linked else ()))
    parts = (getattr(read, one.name) for one in fields(read) if one.name not in made_anew)
    return (*map(id, parts), repr(read.read_back), *(_identity(read.linked) if read.linked else ()))
