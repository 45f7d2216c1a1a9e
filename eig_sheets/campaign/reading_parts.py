"""Parts by which a feature adds to what is read: people's tabs, what it reads back or remembers, its days. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from eig_sheets.config import Campaign
from eig_sheets.domain.date_bounds import Bounds
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.workbook.fields import TabSchema
from eig_sheets.workbook.layout import Layout
from eig_sheets.workbook.schema import OPTIONAL_TABS

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class ReadBack(Generic[T]):
    """A key, by which a reading has what the cells of robot's tabs say; `read` finds it in these."""

    read: Callable[[Snapshot, Layout], T]


Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Remembered(Generic[Value]):
    """What a feature keeps on this machine, by which results have it: a typed key of `Results.remembered`.

    `place`: the function that reads it, « module:name », imported before a run: it takes the state folder and the key
    of the workbook. `nothing`: the value where nobody read it.
    """

    place: str
    nothing: Value


@dataclass(frozen=True, slots=True, eq=False)
class HalfDays:
    """The half-days that a feature needs jurors on, in the syntax of « Disponibilités »."""

    of: Callable[[Campaign], Iterable[str]]


@dataclass(frozen=True, slots=True, eq=False)
class Revealed:
    """The day on which a feature reveals the selected projects, and its key; None when nothing says it."""

    key: str
    day: Callable[[Campaign], date | None]


def half_days(campaign: Campaign) -> tuple[str, ...]:
    """Those that the declarations of a call ask about, each once; without any, they ask in one cell of free text."""
    return tuple(dict.fromkeys(text for part in campaign.features.parts(HalfDays) for text in part.of(campaign)))


def _none(_campaign: Campaign) -> Mapping[str, Bounds]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PeopleTab:
    """A tab of people's that a feature adds.

    `contents`: what it holds, for `Accueil`, unless people open it every week. `opens`: the first day on which it is of
    use, None for never; without it, always. `bounds`: the days that its dates may be. `messages`: the columns on which
    it rests which messages are due. `meanwhile`: what is done until the cells of some columns can be read. `recruits`:
    its rows are people who may be recruited for a project. `comes_with`: the tab with which a call chooses it.
    """

    id: str
    schema: Callable[[Campaign], TabSchema]
    contents: str = ""
    opens: Callable[[Campaign], date | None] | None = None
    bounds: Callable[[Campaign], Mapping[str, Bounds]] = _none
    messages: tuple[str, ...] = ()
    meanwhile: tuple[tuple[tuple[str, ...], str], ...] = ()
    recruits: bool = False
    comes_with: str = ""


def optional_tabs(campaign: Campaign) -> tuple[str, ...]:
    """The ids of the people's tabs that a campaign may leave out."""
    return (*OPTIONAL_TABS, *(tab.id for tab in campaign.features.parts(PeopleTab)))


def recruits_tab(campaign: Campaign) -> str:
    """The id of the tab of people who may be recruited; '' in a call that recruits nobody."""
    return next((tab.id for tab in campaign.features.parts(PeopleTab) if tab.recruits), "")


def chosen_tabs(campaign: Campaign) -> tuple[str, ...]:
    """The ids of the people's tabs that it uses of these: `workbook.people_tabs` and what comes with them, else all."""
    chosen = campaign.workbook.people_tabs
    if chosen is None:
        return optional_tabs(campaign)
    added = (tab.id for tab in campaign.features.parts(PeopleTab) if tab.comes_with in chosen)
    return tuple(dict.fromkeys((*chosen, *added)))


def feature_schemas(campaign: Campaign) -> list[TabSchema]:
    """The schemas of the tabs of its features."""
    return [tab.schema(campaign) for tab in campaign.features.parts(PeopleTab)]
