"""What messages say of the tabs of features: of a row that one is about, and of the rows of a dossier."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.domain.emails.due import KEYS
from eig_sheets.emails.drafting.lines import Computed, Line, Lines


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
