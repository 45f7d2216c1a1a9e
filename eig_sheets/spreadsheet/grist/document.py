"""The parts of a Grist document: tables, columns, rows, titles, access rules, what the robot keeps in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from eig_sheets.spreadsheet.model.snapshot import SentMark

MARKS: Final = "EIG_Robot"
"""The table of the robot's marks: which table and column is which of the schema, by their stable numbers."""
CHART_MARK: Final = "graphique "
"""The prefix of the mark of a chart, before the number of its section."""
UNDRESSED_MARK: Final = "habillage"
"""The mark of a table, besides its own, that has not yet its widths, its place or its charts."""
WORKBOOK_MARK: Final = "classeur "
"""The prefix of the mark of the document, before its identity."""
READERS: Final = "EIG_Acces"
"""The table of the readers of the document, in which its access rules look people up."""
ACCESS_MARK: Final = "acces "
"""The prefix of the mark of the written access rules, before these as JSON."""
SETTINGS_MARK: Final = "réglages du document"
"""The mark that says that the document once got our settings: what people choose afterwards stays."""
SENT_MARK: Final = "envoi "
"""The prefix of the mark of a sent e-mail, before its id and the digest of its line."""
TYPES_MARK: Final = "colonnes"
"""The mark of a robot's table that has the types of its columns."""
ACCOUNT_MARK: Final = "compte "
"""The prefix of the mark of an account under which a program of ours writes, before its address."""
_RECORDS: Final = frozenset({SETTINGS_MARK, UNDRESSED_MARK, TYPES_MARK})
_PREFIXES: Final = (CHART_MARK, WORKBOOK_MARK, ACCESS_MARK, SENT_MARK, ACCOUNT_MARK)
RUNS: Final = "EIG_Executions"
"""The table whose only row is the last run: its id is the number of the run."""


def is_record(mark: str) -> bool:
    """Whether a row of marks is a record, and marks neither a table nor a column."""
    return mark in _RECORDS or mark.startswith(_PREFIXES)


@dataclass(frozen=True, slots=True)
class GristColumn:
    """A column: `ref` is its stable number, `id` its name in formulas, `shown_by` the id of the column it shows.

    `recalc_when` and `recalc_on` (numbers of columns) say when a formula that is no formula column's runs: a trigger.
    """

    ref: int
    id: str
    label: str
    type: str
    formula: str
    is_formula: bool
    options: Mapping[str, Any]
    description: str = ""
    shown_by: str = ""
    recalc_when: int = 0
    recalc_on: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether it is one that nobody has used yet."""
        return self.is_formula and not self.formula


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a table's own view: its row, and its place among pages."""

    row_id: int
    position: float


@dataclass(frozen=True, slots=True)
class Section:
    """A view of a table: its row, that of its page's view (0: the raw data), its fields (column → row, width)."""

    row_id: int
    view: int
    fields: Mapping[int, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Widget:
    """What a page shows, whoever put it there: its row, that of its view, whether it is as Grist makes it."""

    row_id: int
    view: int
    is_plain: bool


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a document, as Grist stores them (locale, currency…), and its time zone."""

    values: Mapping[str, Any] = field(default_factory=dict)
    zone: str = ""


@dataclass(frozen=True, slots=True)
class GristTable:
    """A table: `ref` is its stable number, `id` its name in formulas, `title` the one that people see.

    `cells` are what SQLite has of each column, by its id, in the order of `row_ids`, which is that of the rows.
    """

    ref: int
    id: str
    title: str
    columns: tuple[GristColumn, ...]
    row_ids: tuple[int, ...] = ()
    cells: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    page: Page | None = None
    raw_section: int = 0
    primary_view: int = 0
    sections: tuple[Section, ...] = ()

    @property
    def is_unused(self) -> bool:
        """Whether it is as Grist makes an empty table."""
        return not self.row_ids and all(column.is_empty for column in self.columns)

    @property
    def is_shown(self) -> bool:
        """Whether a page shows it: its own, or any that people made."""
        return self.page is not None or any(section.view for section in self.sections)

    @property
    def page_section(self) -> Section | None:
        """The view of the table on its own page; None when it has none: 0 is then the view of it, as of raw data."""
        own = (section for section in self.sections if section.view and section.view == self.primary_view)
        return next(own, None)


@dataclass(frozen=True, slots=True)
class Mark:
    """What the robot says of a table (`column` is '') or of a column: the id that it is in the schema.

    `ref` is the stable number, 0 once what it was is gone; `look` the digest of a tab's look, `robot` whether the whole
    tab is the robot's.
    """

    row_id: int
    table: str
    column: str
    ref: int
    id: str
    look: str = ""
    robot: bool = False


@dataclass(frozen=True, slots=True)
class ChartSection:
    """A chart on a page, whoever put it there: its row, that of its view, its title, the number of its first column."""

    row_id: int
    view: int
    labels: int
    title: str


@dataclass(frozen=True, slots=True)
class ChartMark:
    """What the robot says of a chart that it once added: the column of its labels (0 once it is gone), its section.

    `row_id` is the mark's own, `title` the one that the robot last gave it.
    """

    row_id: int
    labels: int
    section: int
    title: str


@dataclass(frozen=True, slots=True)
class Undressed:
    """What the robot says that a table lacks: the row of that mark, the number of the table (0 once it is gone)."""

    row_id: int
    table: int
    text: str


@dataclass(frozen=True, slots=True)
class KeptSent:
    """A row of the table of marks: an e-mail that left."""

    row_id: int
    mark: SentMark


@dataclass(frozen=True, slots=True)
class KeptTypes:
    """A row of the table of marks: the types that we gave the columns of a robot's table (its number), by their ids."""

    row_id: int
    table: int
    types: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AccessRule:
    """An access rule: the table and columns of its resource, its formula, its permissions, its comment.

    Rules of one resource count in the order of their positions; one without a formula is for everybody else, and last.
    `attributes`: one that has them only gives a name to a row that tells who somebody is.
    """

    row_id: int
    resource: int
    table: str
    columns: str
    formula: str
    permissions: str
    memo: str
    position: float = 0
    attributes: str = ""


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """A row of the readers: who (an address), what they are, the text of the cell that lists them."""

    row_id: int
    address: str
    role: str
    written: str


@dataclass(frozen=True, slots=True)
class Readers:
    """Who may read, as the robot wrote it: the rows, the formula of their role, the access of the rules as JSON.

    `mark` is the row of that JSON among the marks; 0 when there is none, and '' its text.
    """

    rows: tuple[ReaderRow, ...] = ()
    role: str = ""
    access: str = ""
    mark: int = 0
    is_there: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """All of it. `version` changes with every change; `run` is the number of the last run, and its `token`.

    `resources` are what access rules are about, those without a rule included: (table, columns) → its row.
    `charts` are all of them, `chart_marks` say which are the robot's; `last_section` and `last_field` are the highest
    rows of any view and of any of its columns, `pages` are those of tables, and others. `identity`: the token of its
    first run, which a copy of it bears too. `schema` is the number of the format of all documents, which the server's
    version decides. `widgets` are those of all pages. `has_settings`: whether `settings` were once set by us.
    `sent`: the e-mails that left; `types`: of the columns of robot's tables, by the number of the table; `forms`: the
    numbers of the tables to which a published form adds rows. `robots`: the accounts under which our programs write.
    """

    version: str
    tables: tuple[GristTable, ...]
    marks: tuple[Mark, ...] = ()
    run: int = 0
    token: str = ""
    finished: bool = True
    rules: tuple[AccessRule, ...] = ()
    resources: Mapping[tuple[str, str], int] = field(default_factory=dict)
    has_marks: bool = False
    has_runs: bool = False
    schema: int = 0
    charts: tuple[ChartSection, ...] = ()
    chart_marks: tuple[ChartMark, ...] = ()
    last_section: int = 0
    pages: tuple[Page, ...] = ()
    identity: str = ""
    readers: Readers = Readers()
    widgets: tuple[Widget, ...] = ()
    settings: Settings = Settings()
    has_settings: bool = False
    last_field: int = 0
    undressed: tuple[Undressed, ...] = ()
    sent: tuple[KeptSent, ...] = ()
    types: Mapping[int, KeptTypes] = field(default_factory=dict)
    forms: frozenset[int] = frozenset()
    robots: frozenset[str] = frozenset()

    def table(self, title: str) -> GristTable | None:
        """The table of that exact title."""
        return next((table for table in self.tables if table.title == title), None)
