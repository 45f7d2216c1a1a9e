"""The sections of the configuration that belong to features, and the campaign that has them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Any, get_args

from pydantic import Field, create_model
from pydantic.fields import FieldInfo

from eig_sheets.config.campaign import Campaign
from eig_sheets.config.coherence import Order
from eig_sheets.config.errors import unknown_name_errors
from eig_sheets.config_file import packaged
from eig_sheets.domain.rules import EmailRules, Rules
from eig_sheets.registry import Features


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Section:
    """A section that is a feature's own: `[key]`, which a campaign gives by its model (`campaign.section(model)`).

    A key with a dot, « emails.visits », is a table of a section of the call; an `optional` one is there only where it
    is written.
    `model`: its values; their defaults hold where the section is not written. `errors`: a French sentence for each
    value that contradicts another; `questions`: for each that may be a slip. `moved`: keys of older configurations that
    are keys of the section now, each with its place, dotted: they are still read. `orders`: its dates beside the
    others. `of_one_call`: its values mean one call, the next one does not have them; `texts_of_one_call`: keys, dotted,
    of texts that are empty in the next one; `jury_days`: that of its tables by `date` which, on the days of the jury,
    follow these in the next one. `packaged`: the file of its values in the configuration that comes with the
    program. `beside`: keys of the feature in sections of the call, dotted, which say nothing where it is off.
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
    optional: bool = False
    beside: tuple[str, ...] = ()


def beside(module: str) -> Path:
    """The file of a section's values in the configuration that comes with the program, in the folder of a module."""
    return Path(module).with_name("section.toml")


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """The folder of the texts of a feature's e-mails: a campaign's own text of that name takes the place of one.

    `longer`: the folder of those that say more in messages of the call itself than the texts that come with the
    program, whose place they take there.
    """

    folder: Path
    longer: Path

    @property
    def folders(self) -> tuple[Path, Path]:
        """Both, the second before the texts of the program."""
        return self.folder, self.longer


def texts_beside(module: str) -> Texts:
    """The texts in the folders `texts` and `longer_texts` beside a module."""
    return Texts(Path(module).with_name("texts"), Path(module).with_name("longer_texts"))


@dataclass(frozen=True, slots=True, eq=False)
class WrittenFolder:
    """A folder where commands of a feature write files, for those who look for what is kept: relative to `home`."""

    of: Callable[[Campaign], str]


def text_folders(campaign: Campaign) -> tuple[Path, ...]:
    """The folders of the texts of its e-mails, the first before the second: its own, of its features, the program's.

    A message of the call itself is that of the program, or of a feature that says more, only where the call has the
    texts of the program: a text that its own folder lacks is missing.
    """
    own = (campaign.templates_folder, *campaign.provenance.templates)
    of_program = tuple(folder for folder in own if folder == packaged().parent / EmailRules().templates)
    of_call = tuple(folder for folder in own if folder not in of_program)
    of_features = campaign.features.parts(Texts)
    longer = (texts.longer for texts in of_features if of_program)
    return (*of_call, *(texts.folder for texts in of_features), *longer, *of_program)


def email_names(features: Features) -> Iterator[str]:
    """The names of the e-mails of a program, those of features that are off included: each has its text there."""
    texts = (*features.parts(Texts), *features.parts_off(Texts))
    for folder in (packaged().parent / EmailRules().templates, *(one.folder for one in texts)):
        yield from (file.stem for file in folder.glob("*.md"))


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
    """A French sentence for each name in `[features] without` that is no feature."""
    yield from unknown_name_errors("features.without", names, [feature.id for feature in features])


def without_sections_off(values: Mapping[str, Any], features: Features) -> dict[str, Any]:
    """The values but for the sections of features that are off: what they say holds for nobody, and stays written."""
    kept = dict(values)
    for section in features.parts_off(Section):
        for key in (section.key, *section.beside):
            kept = _without(kept, key.split("."))
    return kept


def _without(values: dict[str, Any], path: Sequence[str]) -> dict[str, Any]:
    """The values but for that of a path; what is no table is left to its validation."""
    first, *rest = path
    if not rest:
        return {key: value for key, value in values.items() if key != first}
    table = values.get(first)
    return {**values, first: _without(table, rest)} if isinstance(table, dict) else values


def _field_of(table: str) -> tuple[str, FieldInfo]:
    """The field of a section of the call, by its key."""
    return next((name, info) for name, info in Campaign.model_fields.items() if table in (name, info.alias))


def _path_of(section: Section) -> tuple[str, ...]:
    """The attributes by which a campaign has a section."""
    table, _, name = section.key.rpartition(".")
    return (_field_of(table)[0], name) if table else (name,)


def _extended(info: FieldInfo, sections: Sequence[Section]) -> tuple[Any, Any]:
    """A field of the campaign whose model has these tables too."""
    accepted = get_args(info.annotation) or (info.annotation,)
    base = next(one for one in accepted if one is not NoneType)
    tables: dict[str, Any] = {
        section.key.rpartition(".")[2]: (section.model | None, None)
        if section.optional
        else (section.model, Field(default=section.model()))
        for section in sections
    }
    model = create_model(base.__name__, __base__=base, **tables)
    default = None if info.default is None else model()
    annotation = model | None if NoneType in accepted else model
    return annotation, Field(default=default, alias=info.alias)


@cache
def campaign_class(sections: tuple[Section, ...]) -> type[Campaign]:
    """The model of a configuration that has these sections too."""
    if not sections:
        return Campaign
    fields: dict[str, Any] = {}
    within: dict[str, list[Section]] = {}
    for section in sections:
        table, _, name = section.key.rpartition(".")
        if table:
            within.setdefault(table, []).append(section)
        else:
            fields[name] = (section.model, Field(default=section.model()))
    for table, theirs in within.items():
        name, field_info = _field_of(table)
        fields[name] = _extended(field_info, theirs)
    model: type[Campaign] = create_model("Campaign", __base__=Campaign, **fields)
    model.section_keys = {section.model: _path_of(section) for section in sections if not section.optional}
    model.section_orders = tuple(order for section in sections for order in section.orders)
    model.section_questions = tuple(section.questions for section in sections)
    return model
