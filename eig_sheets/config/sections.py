"""The sections of the configuration that belong to features, and the campaign that has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field, create_model

from eig_sheets.config.campaign import Campaign
from eig_sheets.config.coherence import Order
from eig_sheets.config.errors import unknown_name_errors
from eig_sheets.config_file import packaged
from eig_sheets.domain.rules import EmailRules, Rules
from eig_sheets.registry import Features


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Section:
    """A section that is a feature's own: `[key]`, which a campaign gives by its model (`campaign.section(model)`).

    `model`: its values; their defaults hold where the section is not written. `errors`: a French sentence for each
    value that contradicts another; `questions`: for each that may be a slip. `moved`: keys of older configurations that
    are keys of the section now, each with its place, dotted: they are still read. `orders`: its dates beside the
    others. `of_one_call`: its values mean one call, the next one does not have them; `texts_of_one_call`: keys, dotted,
    of texts that are empty in the next one; `jury_days`: that of its tables by `date` which, on the days of the jury,
    follow these in the next one. `packaged`: the file of its values in the configuration that comes with the
    program.
    """

    key: str
    model: type[Rules]
    errors: Callable[[Campaign], Iterable[str]] = lambda _: ()
    questions: Callable[[Campaign], Iterable[str]] = lambda _: ()
    moved: Mapping[str, str] = field(default_factory=dict)
    orders: tuple[Order, ...] = ()
    of_one_call: bool = False
    texts_of_one_call: tuple[str, ...] = ()
    jury_days: str = ""
    packaged: Path | None = None


def beside(module: str) -> Path:
    """The file of a section's values in the configuration that comes with the program, in the folder of a module."""
    return Path(module).with_name("section.toml")


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """The folder of the texts of a feature's e-mails: a campaign's own text of that name takes the place of one."""

    folder: Path


def texts_beside(module: str) -> Texts:
    """The texts in the folder `texts` beside a module."""
    return Texts(Path(module).with_name("texts"))


@dataclass(frozen=True, slots=True, eq=False)
class WrittenFolder:
    """A folder where commands of a feature write files, for those who look for what is kept: relative to `home`."""

    of: Callable[[Campaign], str]


def text_folders(campaign: Campaign) -> tuple[Path, ...]:
    """The folders of the texts of its e-mails, the first before the second: its own, of its features, the program's.

    A feature may so say more in a message of the call itself than the text that comes with the program.
    """
    own = (campaign.templates_folder, *campaign.provenance.templates)
    of_program = tuple(folder for folder in own if folder == packaged().parent / EmailRules().templates)
    of_call = tuple(folder for folder in own if folder not in of_program)
    return (*of_call, *(texts.folder for texts in campaign.features.parts(Texts)), *of_program)


def sections_of(features: Features) -> tuple[Section, ...]:
    """The sections of every feature of the program, those that are off included."""
    return (*features.parts(Section), *features.parts_off(Section))


def moved_keys(features: Features) -> dict[str, str]:
    """The keys of older configurations, with the places that they have now."""
    return {old: new for section in sections_of(features) for old, new in section.moved.items()}


def packaged_files(features: Features) -> list[Path]:
    """The files of sections in the configuration that comes with the program."""
    return [section.packaged for section in features.parts(Section) if section.packaged is not None]


def feature_errors(names: Iterable[str], features: Features) -> Iterator[str]:
    """A French sentence for each name in `[features] without` that is no feature, or that another one needs."""
    names = [*names]
    yield from unknown_name_errors("features.without", names, [feature.id for feature in features])
    for feature in features.without(names).on:
        for needed in feature.needs:
            if needed in names:
                yield (
                    f"features.without : « {feature.id} » a besoin de « {needed} » ; gardez « {needed} », ou ajoutez "
                    f"« {feature.id} »"
                )


def without_sections_off(values: Mapping[str, Any], features: Features) -> dict[str, Any]:
    """The values but for the sections of features that are off: what they say holds for nobody, and stays written."""
    off = {section.key for section in features.parts_off(Section)}
    return {key: value for key, value in values.items() if key not in off}


@cache
def campaign_class(sections: tuple[Section, ...]) -> type[Campaign]:
    """The model of a configuration that has these sections too."""
    if not sections:
        return Campaign
    fields: dict[str, Any] = {section.key: (section.model, Field(default=section.model())) for section in sections}
    model: type[Campaign] = create_model("Campaign", __base__=Campaign, **fields)
    model.section_keys = {section.model: section.key for section in sections}
    model.section_orders = tuple(order for section in sections for order in section.orders)
    model.section_questions = tuple(section.questions for section in sections)
    return model
