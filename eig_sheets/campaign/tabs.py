"""The schema of a call's workbook, checks of the names in it, and tabs that are in the other workbook. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from eig_sheets.campaign.overrides import labels
from eig_sheets.campaign.reading_parts import PeopleTab, chosen_tabs, feature_schemas, optional_tabs
from eig_sheets.campaign.reviews.grids import grids
from eig_sheets.campaign.unused_columns import may_be_left_out, named_columns, unused_columns
from eig_sheets.config import Campaign, ConfigError
from eig_sheets.config.errors import error_report, unknown_name_errors
from eig_sheets.domain.rules import Criterion
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.workbook import schema as schemas
from eig_sheets.workbook.anomalies import Anomaly, anomaly, warning
from eig_sheets.workbook.fields import Choices, Kind, TabSchema
from eig_sheets.workbook.layout import Layout
from eig_sheets.workbook.ownership import squeezed
from eig_sheets.workbook.robot_tab import RobotTab
from eig_sheets.workbook.schema import WORKBOOKS, AddedField, Differences, Schema, is_in

TAB_ELSEWHERE: Final = warning(
    "onglet_ailleurs",
    "L’onglet « {tab} » est d’un autre classeur, le {where} : rien n’en est lu ici.",
    "Recopiez ses lignes dans le {where}, vérifiez-les, puis supprimez cet onglet : le robot n’y touche pas.",
)


def misplaced_tabs(snapshot: Snapshot, layout: Layout, campaign: Campaign) -> Iterator[Anomaly]:
    """An anomaly for each tab of people's that belongs in the other workbook: people move its rows, no robot does."""
    other = campaign.part.other
    if other is None:
        return
    criteria, tabs = [*campaign.labels.items()], optional_tabs(campaign)
    added = schemas.Differences((*feature_schemas(campaign),), added=campaign.features.parts(AddedField))
    schema = schemas.build(criteria, campaign.scale, Choices(), tabs, differences=added)
    elsewhere = [tab for tab in schema.tabs if not (tab.in_both or is_in(tab.id, campaign.part))]
    marks, names = {tab.id for tab in elsewhere}, {squeezed(tab.name) for tab in elsewhere}
    ours = {*layout.robot_tabs.values(), *(tab.name for tab in layout.tabs.values())}
    for tab in snapshot.tabs:
        if tab.name not in ours and (tab.mark in marks or squeezed(tab.name) in names):
            yield anomaly(TAB_ELSEWHERE, tab.name, where=WORKBOOKS[other])


@dataclass(frozen=True, slots=True, eq=False)
class NameErrors:
    """A French sentence for each name in a feature's settings that is none, in a schema of all that a call may use."""

    find: Callable[[Campaign, Schema], Iterable[str]]


def check(campaign: Campaign, everything: Schema) -> None:
    """Raise ConfigError, listing every wrong name; `everything` has all the tabs that a campaign may use."""
    mistakes = [*_fields(campaign, everything), *_headers(campaign, everything), *_tabs(campaign, everything)]
    mistakes += (error for part in campaign.features.parts(NameErrors) for error in part.find(campaign, everything))
    if mistakes:
        raise ConfigError(error_report(campaign.path, campaign.provenance.located(mistakes)))


def _fields(campaign: Campaign, everything: Schema) -> Iterator[str]:
    dossier = everything.tab("candidatures").fields
    fields = [field.id for field in dossier]
    yes_or_no = [field.id for field in dossier if field.kind is Kind.YES_NO]
    yield from unknown_name_errors("eligibility.required", campaign.eligibility.required, fields)
    yield from unknown_name_errors("eligibility.attestations", campaign.eligibility.attestations, yes_or_no)
    yield from unknown_name_errors("eligibility.read_in_fiche", campaign.eligibility.read_in_fiche, fields)
    yield from unknown_name_errors("import.fields", campaign.imports.fields, fields)
    yield from _left_out(campaign, fields)


def _left_out(campaign: Campaign, fields: Sequence[str]) -> Iterator[str]:
    key, left_out = "workbook.without_columns", campaign.workbook.without_columns
    yield from unknown_name_errors(key, left_out, fields)
    for field in left_out:
        if not may_be_left_out(field):
            yield f"{key} retire « {field} », dont aucun appel ne se passe : gardez cette colonne"
        elif field in named_columns(campaign):
            yield f"{key} retire « {field} », que la configuration nomme ailleurs : gardez l’un des deux"


def _headers(campaign: Campaign, everything: Schema) -> Iterator[str]:
    off = [tab.schema(campaign) for tab in campaign.features.parts_off(PeopleTab)]
    every_field = {field.id for tab in (*everything.tabs, *off) for field in tab.fields}
    every_field |= {added.field.id for added in campaign.features.parts_off(AddedField)}
    yield from unknown_name_errors("workbook.headers", campaign.workbook.headers, every_field)
    yield from _blank("workbook.headers", campaign.workbook.headers)
    yield from label_errors(campaign.criteria, "criteria", everything.tab("evaluations"))


def label_errors(criteria: Sequence[Criterion], key: str, reviews: TabSchema) -> Iterator[str]:
    """A French sentence for each criterion that has the header of another column of its tab."""
    ids = {criterion.id for criterion in criteria}
    headers = {squeezed(field.header) for field in reviews.fields if field.id not in ids}
    for number, criterion in enumerate(criteria, 1):
        if squeezed(criterion.label) in headers:
            label = f"{key}[{number}].label = « {criterion.label} »"
            yield f"{label} est déjà un en-tête d’{reviews.name} : choisissez un autre nom"


def _tabs(campaign: Campaign, everything: Schema) -> Iterator[str]:
    tabs, off = campaign.workbook.tabs, [tab.id for tab in campaign.features.parts_off(PeopleTab)]
    known = (*optional_tabs(campaign), *off)
    yield from unknown_name_errors("workbook.people_tabs", campaign.workbook.people_tabs or (), known)
    yield from unknown_name_errors("workbook.tabs", tabs, [*(tab.id for tab in everything.tabs), *off])
    yield from _blank("workbook.tabs", tabs)
    meanings = {squeezed(name): name for name in everything.robot_tabs.values()}
    unused = {*optional_tabs(campaign)} - {*chosen_tabs(campaign)}
    used = [tab for tab in everything.tabs if tab.id not in unused]
    meanings |= {squeezed(name): tab.id for tab in used for name in (tab.name, *tab.aliases)}
    for tab_id in (tab.id for tab in everything.tabs):
        for alias in tabs.get(tab_id, ()):
            other = meanings.setdefault(squeezed(alias), tab_id)
            if other != tab_id:
                yield f"workbook.tabs.{tab_id} : « {alias} » désigne déjà « {other} » : retirez-le de l’un des deux"


def _blank(key: str, names: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for name, aliases in names.items():
        for alias in aliases:
            if not squeezed(alias):
                yield f"{key}.{name} : « {alias} » n’a ni lettre ni chiffre : retirez-le"


def schema_of(campaign: Campaign) -> Schema:
    """The tabs and columns that this campaign uses. Raises ConfigError when it names some that do not exist."""
    words = campaign.words
    types = tuple(host.type for host in campaign.cofinancing.hosts)
    choices = Choices(types, words.profiles, words.regions, labels(campaign), campaign.workbook.followed_by)
    criteria = [*campaign.labels.items()]
    tabs = chosen_tabs(campaign)
    robots = campaign.features.parts(RobotTab)
    others = {grid.notes.id: (grid.labels(campaign), grid.scale(campaign)) for grid in grids(campaign)}
    added = campaign.features.parts(AddedField)
    differences = Differences((*feature_schemas(campaign),), robots, others, unused_columns(campaign, tabs), added)
    everything = schemas.build(criteria, campaign.scale, choices, optional_tabs(campaign), differences=differences)
    check(campaign, everything)
    schema = schemas.build(criteria, campaign.scale, choices, tabs, campaign.part, differences)
    return _in_its_words(schema, {field: names[0] for field, names in campaign.workbook.headers.items() if names})


def _in_its_words(schema: Schema, names: Mapping[str, str]) -> Schema:
    """A schema whose new columns have the names that the call gives to fields, by id; the usual ones are read too.

    The number of a dossier has its usual name in every tab, in the candidates' workbook too. The robot's columns that
    show a field have its name, but those by which people's tabs look up its rows.
    """
    keys = {"numero", *(tab.key for tab in schema.tabs)}
    named = {field: name for field, name in names.items() if field not in keys}
    tabs = tuple(
        replace(tab, fields=tuple(replace(field, made_as=named.get(field.id, "")) for field in tab.fields))
        for tab in schema.tabs
    )
    looked_up = {robot.source_header for tab in tabs for robot in tab.robot_fields}
    fields = [field for tab in tabs for field in tab.fields if field.made_as and field.header not in looked_up]
    shown = {field.header: field.made_as for field in fields}
    columns = {
        tab: tuple(replace(one, header=shown.get(one.header, one.header)) for one in ours)
        for tab, ours in schema.robot_columns.items()
    }
    return replace(schema, tabs=tabs, robot_columns=columns)
