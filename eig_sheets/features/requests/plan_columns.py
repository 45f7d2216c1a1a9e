"""The plan that adds the columns of an export to `Colonnes des exports`, for officers to say where each goes. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from eig_sheets.call.applications.importing.chosen_columns import NONE
from eig_sheets.call.applications.importing.columns import own_headers
from eig_sheets.call.applications.importing.kinds import ImportKind, kinds_here
from eig_sheets.campaign.plans import checked_plan
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.robot_sheets import banner_of, is_taken
from eig_sheets.features.requests.tabs import COLUMNS
from eig_sheets.run import people_sheets
from eig_sheets.spreadsheet.model.plan import CreateTab, Operation, Plan
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import plain
from eig_sheets.workbook import diff
from eig_sheets.workbook.fields import TabSchema


@dataclass(frozen=True, slots=True)
class ColumnsRun:
    """A plan that adds columns to the tab, and what to remember once it is applied."""

    plan: Plan
    last_run: LastRun


def plan_columns(reading: Reading, names: Sequence[str], last_run: LastRun) -> ColumnsRun:
    """The plan that adds a row for each of these that has none, in a new tab where there is none.

    None is made where a tab that is not ours has its name.
    """
    return ColumnsRun(checked_plan(reading, [*_operations(reading, names)]), last_run)


def targets_of(kind: ImportKind, reading: Reading) -> dict[str, str]:
    """The columns that exports of a kind fill: header → field."""
    return {header: field for field, header in own_headers(kind.schema(reading.schema)).items()}


def all_targets(reading: Reading) -> tuple[str, ...]:
    """The headers of all columns that some export fills in this workbook."""
    used = {tab.id for tab in reading.schema.tabs}
    kinds = (kind for kind in kinds_here(reading.campaign) if kind.people_tab in used)
    return tuple(dict.fromkeys(name for kind in kinds for name in targets_of(kind, reading)))


def _operations(reading: Reading, names: Sequence[str]) -> Iterator[Operation]:
    schema = reading.schema.tab(COLUMNS)
    layout, table = reading.layout.tabs.get(COLUMNS), reading.tables.get(COLUMNS)
    known = {plain(str(name)) for name in table.frame["entete"]} if table is not None else set[str]()
    rows = [{"entete": name} for name in names if plain(name) not in known]
    offering = _offering(schema, (*all_targets(reading), NONE))
    if layout is not None:
        if rows and layout.name not in reading.snapshot.refused:
            yield diff.append(replace(layout, schema=offering), rows)
    elif rows and not is_taken(schema.name, reading):
        yield CreateTab(people_sheets.sheet(offering, banner_of(reading), {}, rows))


def _offering(tab: TabSchema, headers: tuple[str, ...]) -> TabSchema:
    """The tab whose « Va dans » offers these."""
    fields = (replace(field, offered=headers) if field.id == "va_dans" else field for field in tab.fields)
    return replace(tab, fields=tuple(fields))
