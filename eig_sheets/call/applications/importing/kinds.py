"""The kinds of exports that `import` takes, from a file or from the API: tabs, columns, words. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from eig_sheets.call.applications.demarche import table
from eig_sheets.call.applications.importing.reading import Export, ExportTable
from eig_sheets.config import Campaign, ImportSettings
from eig_sheets.config.export_columns import STATE_FIELD
from eig_sheets.workbook.fields import TabSchema
from eig_sheets.workbook.schema import Schema

Requirement = tuple[str, ...]
"""Fields one of which must have a column."""


@dataclass(frozen=True, slots=True)
class ImportKind:
    """A form of which exports are imported, by the word of `--kind`: its tab, its section, what must have a column.

    `form`: the attribute of `[import]` and `[demarche]` that is of this form alone; '' for that of projects.
    `telling`: the required fields that the exports of the other kinds have not. `feminine`: a row is a « candidature »
    or a « réponse », not a « dossier ». `what`: its rows, in the plural; `about`: what they are of; `named`: the kind,
    as what is said of a night names it. `kept`: the columns of its rows, where these are kept in a tab of the robot's;
    `about_tab`: the people's tab that they are about then; `writer`, `nightly_writer`: what writes them,
    `previewer`: what says, before, what would be written; each « module:name ».
    `beside`: it cannot do without the other workbook. `filled`: why its rows fill no blank cell, in French.
    """

    id: str
    tab: str
    section: str
    required: tuple[Requirement, ...]
    telling: tuple[str, ...]
    form: str = ""
    what: str = "dossiers"
    word: str = "dossier"
    feminine: bool = False
    about: str = "projets"
    named: str = ""
    kept: TabSchema | None = None
    about_tab: str = ""
    writer: str = ""
    nightly_writer: str = ""
    previewer: str = ""
    beside: bool = False
    filled: str = ""

    @property
    def e(self) -> str:
        """The ending of what agrees with `word`."""
        return "e" if self.feminine else ""

    @property
    def nothing(self) -> str:
        """« aucun dossier n’est importé », « aucune candidature n’est importée »."""
        return f"aucun{self.e} {self.word} n’est importé{self.e}"

    @property
    def unchanged(self) -> str:
        """« Aucun dossier déjà présent n’a changé »."""
        return f"Aucun{self.e} {self.word} déjà présent{self.e} n’a changé"

    @property
    def is_of_projects(self) -> bool:
        """Whether its rows are dossiers; the others are in the candidates' workbook, where they have their own."""
        return self is PROJECTS

    @property
    def people_tab(self) -> str:
        """The id of the people's tab that it is about."""
        return self.about_tab or self.tab

    def counted(self, participle: str) -> tuple[str, str]:
        """« dossier ajouté », « dossiers ajoutés »: one, and many."""
        return f"{self.word} {participle}{self.e}", f"{self.what} {participle}{self.e}s"

    def settings(self, imports: ImportSettings) -> ImportSettings:
        """The columns and states of this form."""
        return imports.of_form(getattr(imports, self.form)) if self.form else imports

    def schema(self, schema: Schema) -> TabSchema:
        """The columns of its tab. Raises KeyError when this campaign does not use it."""
        return self.kept or schema.tab(self.tab)

    def required_of(self, campaign: Campaign) -> tuple[Requirement, ...]:
        """What every row must have: of a project, a cost too where co-financing is computed from it."""
        with_cost = self is PROJECTS and campaign.cofinancing.rule == "months"
        return (*self.required, _COSTS) if with_cost else self.required


_STATE: Final = (STATE_FIELD,)
_COSTS: Final = ("cout_jusqu_a_5_ans", "cout_plus_de_5_ans")

PROJECTS: Final = ImportKind(
    "projects",
    "candidatures",
    "import.fields",
    (("numero",), _STATE, ("date_depot",), ("projet",), ("administration",), ("email_porteur",)),
    ("projet", "administration"),
)


def kinds_of(campaign: Campaign) -> dict[str, ImportKind]:
    """Every kind, by the word of `--kind`: projects, then those of its features."""
    return {kind.id: kind for kind in (PROJECTS, *campaign.features.parts(ImportKind))}


def kinds_here(campaign: Campaign) -> list[ImportKind]:
    """Those whose rows go in this workbook of the call."""
    part = campaign.part
    return [
        kind for kind in kinds_of(campaign).values() if (part.has_projects if kind.is_of_projects else part.has_talents)
    ]


def export_of(
    number: int, dossiers: Sequence[Mapping[str, Any]], questions: Mapping[str, str], named: Mapping[str, str]
) -> Export:
    """The export of a démarche. `questions`: `champDescriptorId` → label; `named`: field → `champDescriptorId`."""
    name = f"Démarche n° {number}"
    headers = table.headers_of(questions, [*named.values()])
    return Export(name, (ExportTable(name, table.rows_of(dossiers, headers)),))


def settings_of(
    settings: ImportSettings, questions: Mapping[str, str], named: Mapping[str, str], key: str = "numero"
) -> ImportSettings:
    """The settings of the import: a field with a `champDescriptorId` takes its question alone, the others their label.

    The number, the field `key`, is always the platform's.
    """
    headers = table.headers_of(questions, [*named.values()])
    by_id = {field: (headers[question],) if question in headers else () for field, question in named.items()}
    return settings.model_copy(update={"fields": {**settings.fields, **by_id, key: (table.NUMBER,)}})
