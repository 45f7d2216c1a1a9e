"""The e-mail templates: Markdown files with a TOML front matter, all checked before any message is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from eig_sheets.emails.mail.filters import FILTERS, written, written_in_markdown
from eig_sheets.emails.mail.holes import holes, holes_of_subject
from eig_sheets.emails.mail.placeholders import FILE_NAME, GRILLE, INVITATION, Vocabulary
from eig_sheets.emails.mail.syntax import FrontMatter, MistakeError, Names, checked, literals, split, suggestion
from eig_sheets.storage import regular_files
from eig_sheets.text.errors import ExpectedError
from eig_sheets.text.french import plural, typographic, why


class TemplateError(ExpectedError):
    """Templates cannot be used. The message, in French, gives every mistake: file, line, what, closest known name."""


@dataclass(frozen=True, slots=True)
class Template:
    """One e-mail: where it goes (ids of fields), when it is due, its subject and body, and the names that they use.

    `reply_to` is an id of a field, an address or empty; `attachments` what goes with it, where there is such a thing;
    `moment` the placeholder of the appointment that it brings as an attachment, or None. `holes`: what looks unfilled
    in its own words.
    """

    id: str
    to: tuple[str, ...]
    cc: tuple[str, ...]
    reply_to: str
    attachments: tuple[str, ...]
    when: str
    subject: jinja2.Template
    body: jinja2.Template
    placeholders: frozenset[str]
    vocabulary: Vocabulary
    holes: tuple[str, ...] = ()

    @property
    def about(self) -> str:
        """The id of the tab whose rows it is about, or « rendez_vous »."""
        return self.vocabulary.about

    @property
    def moment(self) -> str | None:
        """The placeholder of the appointment that it brings as an attachment."""
        return self.vocabulary.moment if INVITATION in self.attachments else None

    @property
    def uses(self) -> frozenset[str]:
        """Every placeholder that the message needs or may show, those of its addresses included."""
        named = {*self.to, *self.cc, self.reply_to, *([self.moment] if self.moment else [])}
        return self.placeholders | (named & self.vocabulary.known.keys())


def unused(template: Template) -> list[str]:
    """The placeholders that the template could use and does not, in the order of the columns."""
    return [name for name in template.vocabulary.known if name not in template.uses]


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


def load(
    folder: Path,
    words: Callable[[str], Vocabulary],
    needed: Iterable[str] = (),
    inherited: Sequence[Path] = (),
) -> dict[str, Template]:
    """The templates of a folder by id (the file's name). Raises TemplateError with all that is wrong.

    `words` gives what the template of an id may name; `needed` are ids that must be there. The folders `inherited`
    have those that the folder lacks, the first before the second.
    """
    paths = files(folder, inherited)
    missing = sorted(set(needed) - {path.stem for path in paths})
    mistakes = [
        f"{folder / (name + '.md')} : ce modèle manque. Créez-le, ou ajoutez « {name} » à emails.disabled"
        for name in missing
    ]
    templates = {}
    for path in paths:
        try:
            templates[path.stem] = _load_one(path, words(path.stem))
        except MistakeError as mistake:
            mistakes += [f"{path}, ligne {line} : {what}" for line, what in mistake.mistakes]
    if mistakes:
        raise TemplateError(_report(mistakes))
    return templates


def files(folder: Path, inherited: Sequence[Path] = ()) -> list[Path]:
    """The files of the templates, sorted by name: those of a folder, and the `inherited` ones that it lacks."""
    paths = {path.name: path for parent in (*reversed(inherited), folder) for path in parent.glob("*.md")}
    return [paths[name] for name in sorted(paths)]


def texts(folder: Path, inherited: Sequence[Path] = ()) -> dict[str, str]:
    """The text of each template by the name of its file. Raises OSError, UnicodeDecodeError."""
    return {path.name: regular_files.read_text(path, "utf-8-sig") for path in files(folder, inherited)}


_MOST_MISTAKES = 20
_ATTACHMENTS = (INVITATION, GRILLE)
_ADD_GRILLE = f'ajoutez attachments = ["{GRILLE}"] à l’en-tête'


def _report(mistakes: list[str]) -> str:
    shown, rest = mistakes[:_MOST_MISTAKES], len(mistakes[_MOST_MISTAKES:])
    lines = "".join(f"\n  • {mistake}{'' if mistake.endswith('?') else '.'}" for mistake in shown)
    lines += f"\n  • et {plural(rest, 'autre')}." if rest else ""
    return typographic(f"Modèles d’e-mails refusés ({plural(len(mistakes), 'erreur')}) :{lines}")


def _load_one(path: Path, words: Vocabulary) -> Template:
    front, body, first_line = split(_read(path))
    names = Names(words)
    mistakes = [*_mistakes(front, names, words)]
    uses: set[str] = set()
    compiled: list[jinja2.Template] = []
    unfilled: list[str] = []
    for environment, source, line in ((_SUBJECT, front.subject, front.line("subject")), (_BODY, body, first_line)):
        try:
            template, used = checked(environment, source, line, names)
        except MistakeError as mistake:
            mistakes += mistake.mistakes
        else:
            compiled.append(template)
            uses |= used
            unfilled += _unfilled(literals(environment, source), is_subject=environment is _SUBJECT)
    if FILE_NAME in uses and GRILLE not in front.attachments:
        mistakes.append((front.line("attachments"), f"« {FILE_NAME} » est un fichier joint : {_ADD_GRILLE}"))
    if mistakes:
        raise MistakeError(*sorted(mistakes))
    subject, text = compiled
    head = (path.stem, front.to, front.cc, front.reply_to, front.attachments, front.when)
    return Template(*head, subject, text, frozenset(uses), words, tuple(unfilled))


def _unfilled(texts: Sequence[str], *, is_subject: bool) -> Iterator[str]:
    """What looks unfilled in the texts of a source, in their order; the first one of a subject may name a series."""
    for index, text in enumerate(texts):
        yield from holes_of_subject(text) if is_subject and index == 0 else holes(text)


def _read(path: Path) -> str:
    try:
        return regular_files.read_text(path, "utf-8-sig")
    except UnicodeDecodeError:
        raise MistakeError((1, "ce fichier n’est pas un texte en UTF-8")) from None
    except OSError as error:
        raise MistakeError((1, f"ce fichier ne peut pas être lu ({why(error)})")) from None


def _mistakes(front: FrontMatter, names: Names, words: Vocabulary) -> Iterator[tuple[int, str]]:
    for key, fields in (("to", front.to), ("cc", front.cc)):
        for field in fields:
            if error := names.name_error(field):
                yield front.line(key), error
    if front.reply_to and "@" not in front.reply_to and (error := names.name_error(front.reply_to)):
        yield front.line("reply_to"), error
    for name in front.attachments:
        if name not in _ATTACHMENTS:
            yield front.line("attachments"), f"pièce jointe inconnue « {name} »{suggestion(name, _ATTACHMENTS)}"
        elif name == INVITATION and words.moment is None:
            yield front.line("attachments"), "ce message n’annonce pas de rendez-vous : il n’a pas d’invitation"
        elif name == GRILLE and words.about != "jury":
            yield front.line("attachments"), "ce message n’est pas écrit à un juré : il n’a pas de grille"
