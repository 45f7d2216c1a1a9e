"""What messages are about: the rows of each tab, their people, and the tables that say which are due."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.applications.letter_words import MISSING
from eig_sheets.call.cofinancing.amounts import COFINANCING
from eig_sheets.call.jury.progress import expected_evaluations
from eig_sheets.call.jury.receipts import digest_of, receipts_of
from eig_sheets.call.scoring.rules_scoring import is_complete
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.result_parts import candidate_rows, recruited
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.domain.frames import objects
from eig_sheets.emails.catalogue.due import KEYS, Tables
from eig_sheets.emails.catalogue.entries import Mail, catalogue_of
from eig_sheets.emails.drafting.lines import Computed, Line, Lines
from eig_sheets.workbook.fields import Kind
from eig_sheets.workbook.schema import AddedField


class SubjectRow(NamedTuple):
    """A row that a message is about, on the day of sending.

    `dossiers`: the dossier of its number, if there is one, and `team`, the addresses of those who were recruited for
    it; both are empty for a row that is not about a dossier. `every_dossier`: the rows of all; `results`: those of the
    workbook.
    """

    line: Line
    campaign: Campaign
    today: date | None
    dossiers: list[Line]
    team: tuple[str, ...]
    every_dossier: Lines
    results: Results


def _nothing(_row: SubjectRow) -> Computed:
    return {}


def _own(_line: Line) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MailSubject:
    """A tab of a feature whose rows e-mails are about.

    `key`: the field that says who or what a row is about. `address`: that of the address to which it may be written;
    without it, rows are about dossiers: theirs are the addresses, and their columns may be named besides. `rows`: those
    that messages are about, by default all that are valid. `placeholders`: those that no cell holds, each with its
    French name; `values`: what they are; `fields`: of some, the field whose cell is to be filled.
    """

    tab: str
    key: str
    address: str = ""
    rows: Callable[[Reading], pd.DataFrame] | None = None
    placeholders: Mapping[str, str] = field(default_factory=dict)
    values: Callable[[SubjectRow], Computed] = _nothing
    fields: Callable[[Line], Mapping[str, str]] = _own

    @property
    def of_dossiers(self) -> bool:
        """Whether its rows are about dossiers."""
        return not self.address

    def rows_of(self, reading: Reading) -> pd.DataFrame:
        """The rows that messages are about, in a workbook that has the tab."""
        return self.rows(reading) if self.rows else reading.valid_rows(self.tab)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ListedRows:
    """The rows of a feature's tab that a message about a dossier may list, one after the other.

    `placeholder`: the name of the list, and `label` its French name; `lines`: the rows of each dossier, in order, by
    its number, of a table of `Tables` on a day.
    """

    placeholder: str
    label: str
    tab: str
    lines: Callable[[Lines, pd.DataFrame, date | None], Mapping[Any, list[Line]]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CommonValues:
    """Values of the configuration that every message may use, whatever it is about.

    `placeholders`: each with its French name; `values`: what they are.
    """

    placeholders: Mapping[str, str]
    values: Callable[[Campaign], Mapping[str, object]]


def keys_of(campaign: Campaign) -> dict[str, str]:
    """The tabs whose rows e-mails are about, and the field that says who or what a row is about."""
    return {**KEYS, **{subject.tab: subject.key for subject in campaign.features.parts(MailSubject)}}


_Groups = dict[str, frozenset[str]]


class People:
    """The addresses of every row, tab by tab."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._subjects = {subject.tab: subject for subject in reading.campaign.features.parts(MailSubject)}

    def of(self, template: str, whom: str | None) -> frozenset[str]:
        """The addresses of that number or person; none for a template or a row that is not there."""
        email, key = catalogue_of(self._reading.campaign.features).emails.get(template), whom or ""
        nobody: frozenset[str] = frozenset()
        match email.about if email else None:
            case about if about == "candidatures" or (about in self._subjects and self._subjects[about].of_dossiers):
                team = self._teams.get(key, nobody) if email and email.to_team else nobody
                return self._dossiers.get(key, nobody) | team
            case "jury":
                return self._jurors.get(key, nobody)
            case None:
                return nobody
            case tab:
                return self._others.get(tab, {}).get(key, nobody)

    @cached_property
    def _dossiers(self) -> _Groups:
        frame = self._frame("candidatures")
        fields = self._reading.schema.tab("candidatures").fields
        return _grouped(frame, "numero", [field.id for field in fields if field.kind is Kind.EMAIL])

    @cached_property
    def _teams(self) -> _Groups:
        people = candidate_rows(self._reading)
        return {} if people is None or people.empty else _grouped(recruited(people), "projet_decide", ["email"])

    @cached_property
    def _jurors(self) -> _Groups:
        return _grouped(self._frame("jury"), "email", ["email"])

    @cached_property
    def _others(self) -> dict[str, _Groups]:
        """Of the rows of features' tabs."""
        addressed = [subject for subject in self._subjects.values() if not subject.of_dossiers]
        return {tab.tab: _grouped(self._frame(tab.tab), tab.key, [tab.address]) for tab in addressed}

    def _frame(self, tab: str) -> pd.DataFrame:
        return self._reading.valid_rows(tab) if self._reading.has(tab) else pd.DataFrame()


def _grouped(frame: pd.DataFrame, key: str, fields: Iterable[str]) -> _Groups:
    addresses_of: dict[str, set[str]] = {}
    for column in fields if not frame.empty else ():
        filled = frame[[key, column]].dropna() if key != column else frame[[key]].dropna()
        for whom, address in zip(filled[key], filled[column], strict=True):
            addresses_of.setdefault(whom, set()).add(address.casefold())
    return {whom: frozenset(addresses) for whom, addresses in addresses_of.items()}


def tables(reading: Reading, results: Results) -> Tables:
    """The tables that decide which e-mails are due: dossiers and jurors with their results, other tabs as parsed."""
    features = reading.campaign.features
    subjects = [subject for subject in features.parts(MailSubject) if reading.has(subject.tab)]
    return Tables(
        _dossiers(reading, results),
        _jurors(reading, results),
        others={subject.tab: subject.rows_of(reading) for subject in subjects},
        facts={fact: fact.of(reading) for mail in features.parts(Mail) for fact in mail.facts},
    )


def _dossiers(reading: Reading, results: Results) -> pd.DataFrame:
    added = [part.field.id for part in reading.campaign.features.parts(AddedField) if part.tab == "candidatures"]
    assessed, money = results.of(APPLICATIONS).eligibility, results.of(COFINANCING)
    return (
        results.of(APPLICATIONS)
        .dossiers[["numero", "row", "preselection", "decision", "audition", *added]]
        .assign(
            eligibility=assessed["status"],
            to_complete=assessed["to_complete"],
            cofin_requested=money["requested"],
            cofin_missing=money["missing"].map(lambda codes: tuple(code for code in codes if code in MISSING)),
        )
    )


def _jurors(reading: Reading, results: Results) -> pd.DataFrame:
    """Each juror once, with the dossiers still in the running that they have not finished, and those received."""
    jury = reading.valid_rows("jury").dropna(subset="email").drop_duplicates("email")
    expected = expected_evaluations(reading, results)
    waiting = expected[~expected["received"]]
    pending: dict[Any, list[Any]] = {}
    for juror, numero in zip(waiting["jure"], waiting["numero"], strict=True):
        pending.setdefault(juror, []).append(numero)
    received = receipts_of(reading)
    receipts = [received.get(email, ()) for email in jury["email"]]
    return jury.assign(
        pending=objects((tuple(pending.get(email, ())) for email in jury["email"]), jury.index),
        received=objects((tuple(dossier.numero for dossier in receipt) for receipt in receipts), jury.index),
        receipt=objects(map(digest_of, receipts), jury.index),
        took_part=_took_part(jury, results.of(SCORES).evaluated),
    )


def _took_part(jury: pd.DataFrame, evaluated: pd.DataFrame) -> pd.Series:
    """The mask of jurors who scored a dossier, or whose group did: a group may fill one grid, under one address."""
    finished = is_complete(evaluated["status"])
    alone = jury["email"].isin(evaluated.loc[finished, "jure"])
    groups = jury.loc[alone, "groupe"].dropna()
    return alone | jury["groupe"].isin(groups)
