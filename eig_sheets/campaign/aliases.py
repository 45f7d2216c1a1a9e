"""Names of tabs and fields that a configuration uses: they must exist, each with one meaning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from eig_sheets.config import Campaign, ConfigError
from eig_sheets.config.errors import error_report, unknown_name_errors
from eig_sheets.workbook.fields import Kind
from eig_sheets.workbook.ownership import squeezed
from eig_sheets.workbook.schema import OPTIONAL_TABS, Schema


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


def _headers(campaign: Campaign, everything: Schema) -> Iterator[str]:
    every_field = {field.id for tab in everything.tabs for field in tab.fields}
    yield from unknown_name_errors("workbook.headers", campaign.workbook.headers, every_field)
    yield from _blank("workbook.headers", campaign.workbook.headers)
    evaluations = everything.tab("evaluations").fields
    criteria = {criterion.id for criterion in campaign.criteria}
    headers = {squeezed(evaluation.header) for evaluation in evaluations if evaluation.id not in criteria}
    for number, criterion in enumerate(campaign.criteria, 1):
        if squeezed(criterion.label) in headers:
            key = f"criteria[{number}].label"
            yield f"{key} = « {criterion.label} » est déjà un en-tête d’Évaluations : choisissez un autre nom"


def _tabs(campaign: Campaign, everything: Schema) -> Iterator[str]:
    tabs = campaign.workbook.tabs
    yield from unknown_name_errors("workbook.people_tabs", campaign.workbook.people_tabs, OPTIONAL_TABS)
    yield from unknown_name_errors("workbook.tabs", tabs, [tab.id for tab in everything.tabs])
    yield from _blank("workbook.tabs", tabs)
    meanings = {squeezed(name): name for name in everything.robot_tabs.values()}
    meanings |= {squeezed(name): tab.id for tab in everything.tabs for name in (tab.name, *tab.aliases)}
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
