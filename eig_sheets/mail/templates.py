"""The e-mail templates: Markdown files with a TOML front matter, all checked before any message is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from eig_sheets.french import plural, typographic
from eig_sheets.mail.filters import FILTERS, written, written_in_markdown
from eig_sheets.mail.frontmatter import FrontMatter, MistakeError, split
from eig_sheets.mail.placeholders import INTERNAL
from eig_sheets.mail.syntax import Names, checked


class TemplateError(Exception):
    """Templates cannot be used. The message, in French, gives every mistake: file, line, what, closest known name."""


@dataclass(frozen=True, slots=True)
class Template:
    """One e-mail: where it goes (ids of fields), when it is due, its subject and body, and the names that they use."""

    id: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    when: str
    subject: jinja2.Template
    body: jinja2.Template
    placeholders: frozenset[str]
    headers: Mapping[str, str]


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=written
    )
    environment.filters = dict(FILTERS)
    environment.globals = {}
    environment.tests = {}
    return environment


_SUBJECT = _environment()
_BODY = _SUBJECT.overlay(finalize=written_in_markdown)


def load(folder: Path, known: Mapping[str, str], needed: Iterable[str] = ()) -> dict[str, Template]:
    """The templates of a folder by id (the file's name). Raises TemplateError with all that is wrong.

    `known` maps each placeholder that a template may use to its French header; `needed` are ids that must be there.
    """
    paths = sorted(folder.glob("*.md"))
    missing = sorted(set(needed) - {path.stem for path in paths})
    mistakes = [
        f"{folder / (name + '.md')} : ce modèle manque. Créez-le, ou ajoutez « {name} » à emails.disabled"
        for name in missing
    ]
    names = Names({name: header for name, header in known.items() if name not in INTERNAL}, INTERNAL)
    templates = {}
    for path in paths:
        try:
            templates[path.stem] = _load_one(path, names)
        except MistakeError as mistake:
            mistakes += [f"{path}, ligne {line} : {what}" for line, what in mistake.found]
    if mistakes:
        raise TemplateError(_report(mistakes))
    return templates


def _report(mistakes: list[str]) -> str:
    lines = "".join(f"\n  • {mistake}{'' if mistake.endswith('?') else '.'}" for mistake in mistakes)
    return typographic(f"Modèles d’e-mails refusés ({plural(len(mistakes), 'erreur')}) :{lines}")


def _load_one(path: Path, names: Names) -> Template:
    front, body, first_line = split(_read(path))
    found = [*_unknown_addresses(front, names)]
    uses: set[str] = set()
    for source, line in ((front.subject, front.line("subject")), (body, first_line)):
        try:
            uses |= checked(_BODY, source, line, names)
        except MistakeError as mistake:
            found += mistake.found
    if found:
        raise MistakeError(*sorted(found))
    subject, text = _SUBJECT.from_string(front.subject), _BODY.from_string(body)
    return Template(path.stem, front.to, front.cc, front.when, subject, text, frozenset(uses), names.known)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise MistakeError((1, "ce fichier n’est pas un texte en UTF-8")) from None


def _unknown_addresses(front: FrontMatter, names: Names) -> Iterable[tuple[int, str]]:
    for key, fields in (("to", front.to), ("cc", front.cc)):
        for field in fields:
            if refusal := names.refusal(field):
                yield front.line(key), refusal
