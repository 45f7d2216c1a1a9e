"""Loading and validation of a campaign's configuration file, and the sources that its comments give."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from eig_sheets.config import coherence, inheritance
from eig_sheets.config.addresses import lookalike_errors
from eig_sheets.config.campaign import Campaign, location_errors
from eig_sheets.config.demarche import demarche_errors
from eig_sheets.config.errors import ConfigError, error_report, expectations, validation_messages
from eig_sheets.config.inheritance import ALONE, Provenance
from eig_sheets.config.outlets import SenderSettings, address_errors, alert_errors, outlet_errors
from eig_sheets.config.section_checks import (
    blank_word_errors,
    cofinancing_errors,
    empty_list_errors,
    name_errors,
    selection_errors,
    year_errors,
    zone_errors,
)
from eig_sheets.config.sections import (
    Section,
    campaign_class,
    email_names,
    feature_errors,
    moved_keys,
    packaged_files,
    without_sections_off,
)
from eig_sheets.config_file import CONFIG_NAME, find, packaged
from eig_sheets.registry import Features
from eig_sheets.storage import regular_files
from eig_sheets.text.french import typographic

NO_FEATURE: Final = Features()


def load_nearest(start: Path, features: Features = NO_FEATURE) -> Campaign:
    """Load the configuration found from `start`. Raises ConfigError.

    With the packaged one, the workbook and state are in `start`, as if it had `config/`, not beside the program.
    """
    path = find(start)
    campaign = load(path, features=features)
    own = path.parent.parent in (start, *start.parents)
    return campaign if own else campaign.set_home(start / CONFIG_NAME.parent)


def load(path: Path, unsaved: str | None = None, features: Features = NO_FEATURE) -> Campaign:
    """Load the configuration file `path`, and those that it extends. Raises ConfigError, which lists all errors.

    `unsaved`: the text of a file that is not written yet. `features`: those that the program has.
    """
    stack = inheritance.layers(path, unsaved, moved_keys(features))
    beneath = packaged_files(features) if stack[0].path.resolve() == packaged().resolve() else ()
    values, provenance = inheritance.merged(stack, beneath)
    return validated(values, path, provenance, features)


def validated(
    values: dict[str, Any], path: Path, provenance: Provenance = ALONE, features: Features = NO_FEATURE
) -> Campaign:
    """Validate settings that were read from `path` and the files that it extends. Raises ConfigError."""
    names = _turned_off(values)
    chosen = features.without(names)
    model = campaign_class(chosen.parts(Section))
    try:
        campaign = model.model_validate(_with_tuples(without_sections_off(values, chosen)), strict=True)
    except ValidationError as error:
        raise ConfigError(error_report(path, provenance.located(validation_messages(error, model)))) from None
    campaign._features = chosen  # noqa: SLF001 (of the same module)
    unusable = [
        *feature_errors(names, features),
        *_errors(campaign),
        *empty_list_errors(campaign.eligibility, campaign.imports),
    ]
    if errors := unusable or coherence.errors(campaign.model_dump(by_alias=True), campaign.orders):
        raise ConfigError(error_report(path, provenance.located(errors)))
    campaign._provenance = provenance  # noqa: SLF001 (of the same module)
    return campaign.set_path(path)


def _turned_off(values: dict[str, Any]) -> tuple[str, ...]:
    """The names in `[features] without`; none where it is of another shape, which the validation then refuses."""
    match values:
        case {"features": {"without": list(names)}}:
            return tuple(name for name in names if isinstance(name, str))
    return ()


def _errors(campaign: Campaign) -> list[str]:
    errors = (
        *zone_errors(campaign.campaign.timezone),
        *cofinancing_errors(campaign.cofinancing),
        *selection_errors(campaign.selection),
        *year_errors(campaign.model_dump(by_alias=True)),
        *blank_word_errors(campaign.imports),
        *name_errors(
            campaign.criteria,
            campaign.ranking,
            campaign.eligibility,
            campaign.cofinancing,
            campaign.emails,
            email_names(campaign.features),
        ),
        *outlet_errors(campaign.sender, campaign.smtp, campaign.imap, campaign.gmail),
        *demarche_errors(campaign.demarche),
        *alert_errors(campaign.alerts),
        *location_errors(campaign.workbook),
        *(error for section in campaign.features.parts(Section) for error in section.errors(campaign)),
    )
    addresses = {
        "emails.contact": [campaign.emails.contact],
        "workbook.officers": campaign.workbook.officers,
        "workbook.team": campaign.workbook.team,
    }
    wrong = (sentence for key, written in addresses.items() for sentence in address_errors(key, written))
    return [*errors, *wrong, *lookalike_errors(_addresses(campaign))]


def _addresses(campaign: Campaign) -> dict[str, tuple[str, ...]]:
    emails, sender = campaign.emails, campaign.sender or SenderSettings()
    return {
        "emails.contact": (emails.contact,),
        "emails.allowed": emails.allowed,
        "emails.never": emails.never,
        "workbook.officers": campaign.workbook.officers,
        "workbook.team": campaign.workbook.team,
        "alerts.operator": (campaign.alerts.operator,),
        "sender.address": (sender.address,),
        "sender.reply_to": (sender.reply_to,),
        "sender.unsubscribe": (sender.unsubscribe,),
        "gmail.mailbox": (campaign.gmail.mailbox if campaign.gmail else "",),
    }


def with_sections(campaign: Campaign, sections: dict[str, Any]) -> Campaign:
    """A copy of the campaign with other values for whole sections. Raises ConfigError: all errors in one sentence."""
    values = {**campaign.model_dump(by_alias=True), **sections}
    model = type(campaign)
    try:
        validated_campaign = model.model_validate(values, strict=True)
    except ValidationError as error:
        message = " ; ".join(validation_messages(error, model))
        raise ConfigError(typographic(message), typographic(expectations(error))) from None
    validated_campaign._features = campaign.features  # noqa: SLF001 (of the same module)
    errors = _errors(validated_campaign)
    if errors:
        raise ConfigError(typographic(" ; ".join(errors)))
    validated_campaign._home = campaign._home  # noqa: SLF001 (of the same module)
    validated_campaign._provenance = campaign._provenance  # noqa: SLF001
    validated_campaign._is_of_talents = campaign._is_of_talents  # noqa: SLF001
    return validated_campaign.set_path(campaign.path)


def _with_tuples(value: Any) -> Any:
    """The settings with tuples in place of lists, because the models are immutable."""
    if isinstance(value, dict):
        return {key: _with_tuples(item) for key, item in value.items()}
    return tuple(map(_with_tuples, value)) if isinstance(value, list) else value


_SECTION = re.compile(r"\[+([\w.]+)\]+")
_NAMED_SOURCE = re.compile(r"^# « ([^»]+) »\s:", re.MULTILINE)
_VALUE_WITH_COMMENT = re.compile(r"([\w.]+)\s*=[^#]*#\s*(.+)")
_ID = re.compile(r'id\s*=\s*"(\w+)"')


def sources(path: Path, provenance: Provenance = ALONE, unsaved: str | None = None) -> dict[str, str]:
    """The sources of values, from the comments: `section.key` → the comment at the end of its line.

    That of the weight of a criterion is also under its own key, `criteria.id`.

    Those of a value that a file inherits are in the file where the value stands. `unsaved`: the text of `path`, when
    it is not written yet.
    """
    files: Sequence[Path] = provenance.paths or (path,)
    comments: dict[str, str] = {}
    for file in files:
        text = unsaved if unsaved is not None and file == path else regular_files.read_text(file, "utf-8-sig")
        for key, comment in _of_text(text).items():
            if provenance.file_of(key) in (file, None):
                comments.setdefault(key, comment)
    return comments


def source_names(files: Sequence[Path]) -> frozenset[str]:
    """The short names that files give to their sources, each in a comment of its own: « # « Cahier » : … »."""
    texts = (regular_files.read_text(file, "utf-8-sig") for file in files)
    return frozenset(name for text in texts for name in _NAMED_SOURCE.findall(text))


def _of_text(text: str) -> dict[str, str]:
    comments: dict[str, str] = {}
    section = item = weight = ""
    for line in text.splitlines():
        if header := _SECTION.match(line):
            section, item, weight = header[1], "", ""
        elif named := _ID.match(line):
            item = named[1]
        elif sourced := _VALUE_WITH_COMMENT.match(line):
            comments.setdefault(f"{section}.{sourced[1]}", sourced[2].strip())
            weight = sourced[2].strip() if sourced[1] == "weight" else weight
        if item and weight:
            comments[f"{section}.{item}"] = weight
    return comments
