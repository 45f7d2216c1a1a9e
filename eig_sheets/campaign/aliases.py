"""Checks of the names of tabs and fields in a configuration: each must exist and mean one thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eig_sheets.campaign.people_tabs import PeopleTab, chosen_tabs, optional_tabs
from eig_sheets.config import Campaign, ConfigError
from eig_sheets.config.errors import error_report, unknown_name_errors
from eig_sheets.domain.rules import Criterion
from eig_sheets.workbook.fields import Kind, TabSchema
from eig_sheets.workbook.ownership import squeezed
from eig_sheets.workbook.schema import Schema
from eig_sheets.workbook.wishes_schema import WISHES_SCHEMA


def check(campaign: Campaign, everything: Schema) -> None:
    """Raise ConfigError, listing every wrong name; `everything` has all the tabs that a campaign may use."""
    mistakes = [*_fields(campaign, everything), *_headers(campaign, everything), *_tabs(campaign, everything)]
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
    candidate = [field.id for field in everything.tab("talents").fields]
    yield from unknown_name_errors("import.talents.fields", campaign.imports.talents.fields, candidate)
    answer = [field.id for field in WISHES_SCHEMA.fields]
    yield from unknown_name_errors("import.wishes.fields", campaign.imports.wishes.fields, answer)
    yield from unknown_name_errors("talents.required", campaign.talents.required, candidate)
    for number, exclusion in enumerate(campaign.talents.exclusions, 1):
        texts = [field.id for field in everything.tab("talents").fields if field.kind is Kind.TEXT]
        yield from unknown_name_errors(f"talents.exclusions[{number}].fields", exclusion.fields, texts)


def _headers(campaign: Campaign, everything: Schema) -> Iterator[str]:
    off = [tab.schema(campaign) for tab in campaign.features.parts_off(PeopleTab)]
    every_field = {field.id for tab in (*everything.tabs, *off) for field in tab.fields}
    yield from unknown_name_errors("workbook.headers", campaign.workbook.headers, every_field)
    yield from _blank("workbook.headers", campaign.workbook.headers)
    yield from _labels(campaign.criteria, "criteria", everything.tab("evaluations"))
    yield from _labels(campaign.talents.criteria, "talents.criteria", everything.tab("evaluations_talents"))


def _labels(criteria: Sequence[Criterion], key: str, reviews: TabSchema) -> Iterator[str]:
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
