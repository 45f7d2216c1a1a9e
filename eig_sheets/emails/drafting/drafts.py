"""The templates of a campaign, and the e-mails that are due: composed from cells, or blocked by what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from eig_sheets.campaign import dependencies
from eig_sheets.campaign.dependencies import Act
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reading_parts import PeopleTab, feature_schemas, optional_tabs
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.config import Campaign
from eig_sheets.config.sections import text_folders
from eig_sheets.emails.catalogue.due import NOTHING_RECEIVED, Due
from eig_sheets.emails.catalogue.entries import Email, catalogue_of
from eig_sheets.emails.catalogue.selection import due, possible
from eig_sheets.emails.drafting.appointments import Appointments
from eig_sheets.emails.drafting.computed_values import with_legal_mentions
from eig_sheets.emails.drafting.contexts import Contexts
from eig_sheets.emails.drafting.subjects import CommonValues, ListedRows, MailSubject, tables
from eig_sheets.emails.mail import templates
from eig_sheets.emails.mail.addresses import wire
from eig_sheets.emails.mail.compose import compose
from eig_sheets.emails.mail.context import Context, Problem
from eig_sheets.emails.mail.holes import holes
from eig_sheets.emails.mail.messages import AttachedFile, Blocked, Event, Message, braces, text_faults, unfilled
from eig_sheets.emails.mail.placeholders import GRILLE, Columns, Vocabulary, vocabulary
from eig_sheets.emails.mail.templates import Template
from eig_sheets.spreadsheet.model.cells import is_too_long
from eig_sheets.text.french import typographic
from eig_sheets.workbook import schema as schemas
from eig_sheets.workbook.fields import Choices


@dataclass(frozen=True, slots=True)
class Draft:
    """One e-mail that is due, under its stable id, about a dossier (`numero`) or a `person`.

    A person is a juror's or an adviser's visitor's address, or the number of a candidate. `event` is the appointment
    that a message brings, `file` the one that goes with it; `attachments` the kinds of what is joined to it. `about` is
    the appointment in the data, even when the message lacks a value. `note` is for who approves it. `held`: it is
    blocked by what cannot be read: what was drafted of it before stays as it was, and waits. `recalls`: it recalls an
    appointment that another e-mail announced. `holes`: what looks
    unfilled in the words of the template and of the team's own cells, not of applicants; with where to correct it.
    """

    id: str
    template: str
    numero: str | None
    outcome: Message | Blocked
    person: str | None = None
    event: Event | None = None
    attachments: tuple[str, ...] = ()
    about: Event | None = None
    note: str = ""
    file: AttachedFile | None = None
    held: bool = False
    recalls: bool = False
    holes: Mapping[str, str] = field(default_factory=dict)


def load_templates(campaign: Campaign) -> dict[str, Template]:
    """The templates of the campaign. Raises TemplateError."""
    tabs = [tab.id for tab in schema_of(campaign).tabs]
    needed = possible(campaign.messages, tabs, campaign.part, catalogue_of(campaign.features))
    words = vocabularies(columns_of(campaign), campaign)
    folder, *others = text_folders(campaign)
    found = templates.load(folder, words, needed, others)
    return {name: template for name, template in found.items() if name not in catalogue_of(campaign.features).off}


def columns_of(campaign: Campaign) -> Columns:
    """Tab → field → header, tabs that the campaign does without included: its templates may stay."""
    off = [tab.schema(campaign) for tab in campaign.features.parts_off(PeopleTab)]
    added = (*campaign.features.parts(schemas.AddedField), *campaign.features.parts_off(schemas.AddedField))
    schema = schemas.build(
        [*campaign.labels.items()], campaign.scale, Choices(), [*optional_tabs(campaign), *(tab.id for tab in off)],
        differences=schemas.Differences((*feature_schemas(campaign), *off), added=added),
    )  # fmt: skip
    return {tab.id: {field.id: field.header for field in tab.fields} for tab in schema.tabs}


def vocabularies(tab_columns: Columns, campaign: Campaign) -> Callable[[str], Vocabulary]:
    """A function from the id of a template to the placeholders that it may use."""
    features = campaign.features
    subjects = (*features.parts(MailSubject), *features.parts_off(MailSubject))
    lists = (*features.parts(ListedRows), *features.parts_off(ListedRows))
    computed = {subject.tab: subject.placeholders for subject in subjects}
    computed["candidatures"] = {part.placeholder: part.label for part in lists}
    common = [part.placeholders for part in (*features.parts(CommonValues), *features.parts_off(CommonValues))]
    shared = {name: label for names in common for name, label in names.items()}
    beside = {subject.tab: ("candidatures",) for subject in subjects if subject.of_dossiers}
    listed = [part.tab for part in lists]

    def vocabulary_of(template: str) -> Vocabulary:
        email = catalogue_of(campaign.features).email_of(template)
        own = {name: placeholder.label for name, placeholder in email.placeholders.items()}
        names, tabs = {**computed.get(email.about, {}), **own, **shared}, beside.get(email.about, ())
        return vocabulary(email.about, tab_columns, names, email.moment, beside=tabs, listed_tabs=listed)

    return vocabulary_of


def drafts(
    reading: Reading,
    results: Results,
    texts: Mapping[str, Template],
    today: date,
    received: Mapping[str, date | None] = NOTHING_RECEIVED,
) -> list[Draft]:
    """The e-mails due on `today`, whatever was drafted before, in the order of the campaign's life.

    `received`: the ids of those that people have received, and when each left; None when nothing proves that it did.
    """
    campaign, input_tables = reading.campaign, tables(reading, results)
    rows = due(input_tables, campaign.messages, today, received, campaign.part, catalogue_of(campaign.features))
    writer = _Writer(Contexts(reading, results, input_tables, today), Appointments(campaign), campaign, texts)
    return [writer.draft(Due(*row)) for row in rows.itertuples(index=False)]


_OF_MONEY: Final = frozenset({"montant_min", "montant_max", "a_completer"})
"""Placeholders that the rules of the co-financing fill."""
_LACKING: Final = "cofin_missing"
_ASKED: Final = {_LACKING: Act.COFINANCING, "to_complete": Act.ELIGIBILITY}
"""What an e-mail asks for, by the act that tells what is lacking."""


class _Writer:
    def __init__(
        self, contexts: Contexts, appointments: Appointments, campaign: Campaign, texts: Mapping[str, Template]
    ) -> None:
        self._contexts, self._appointments, self._texts = contexts, appointments, texts
        self._campaign = campaign
        self._decisive = dependencies.columns_of(campaign, Act.DUE_MESSAGES)
        self._of_team = {
            tab.id: frozenset(field.id for field in tab.fields if not field.asked) for tab in schema_of(campaign).tabs
        }
        self._asked = {asked: dependencies.columns_of(campaign, act) for asked, act in _ASKED.items()}
        self._never = frozenset(map(wire, campaign.emails.never))
        self._allowed = campaign.emails.allowed

    def draft(self, due_email: Due) -> Draft:
        template = self._texts[due_email.template]
        decisive = self._decisive_columns(template, due_email)
        if (doubt := self._contexts.doubt_of(due_email, decisive)) is not None:
            blocked = Blocked((typographic(doubt),))
            return Draft(due_email.id, due_email.template, due_email.numero, blocked, due_email.person, held=True)
        context = self._contexts.of(due_email)
        composed = compose(template, context, self._never, self._allowed)
        complete = without_faults(_within_cell_limit(composed), template, context)
        outcome = with_legal_mentions(complete, template, self._campaign)
        about = self._appointments.of(template, due_email, context)
        if isinstance(outcome, Message) and (error := self._appointments.error_text(template, due_email, context)):
            outcome = Blocked((error,))
        if isinstance(outcome, Blocked):
            held = self._contexts.is_unread(due_email, {*template.uses, *template.to, *template.cc})
            return Draft(
                due_email.id, due_email.template, due_email.numero, outcome, due_email.person, about=about, held=held
            )
        file = self._contexts.file_of(due_email) if GRILLE in template.attachments else None
        return Draft(
            due_email.id,
            due_email.template,
            due_email.numero,
            outcome,
            due_email.person,
            about,
            tuple(kind for kind in template.attachments if file or kind != GRILLE),
            about,
            typographic(self._email(due_email).note),
            file,
            recalls=self._email(due_email).recalls,
            holes=unfilled_words(template, outcome, self._holes_of_team(template, context)),
        )

    def _email(self, due_email: Due) -> Email:
        return catalogue_of(self._campaign.features).email_of(due_email.template)

    def _holes_of_team(self, template: Template, context: Context) -> Iterator[tuple[str, str]]:
        """What looks unfilled in the cells of a message that applicants are not asked for, and the cell."""
        for name in sorted(template.placeholders & self._of_team.get(template.about, frozenset())):
            if isinstance(value := context.values.get(name), str):
                yield from ((hole, context.origin(name) or "") for hole in holes(value))

    def _decisive_columns(self, template: Template, due_email: Due) -> frozenset[str]:
        """The columns that an e-mail rests on; amounts and missing data rest on every column they are computed from."""
        columns = self._decisive.get(template.about, frozenset()) | template.uses
        asked = {self._email(due_email).asks_for, *([] if _OF_MONEY.isdisjoint(template.uses) else [_LACKING])}
        for asked_column in filter(None, asked & self._asked.keys()):
            columns |= self._asked[asked_column].get(template.about, frozenset())
        return columns - {*template.to, *template.cc}


def unfilled_words(
    template: Template, outcome: Message | Blocked, of_cells: Iterable[tuple[str, str]] = ()
) -> dict[str, str]:
    """What looks unfilled in a message, of its template's own words and of some cells, with what to correct."""
    words = [*((hole, f"le modèle « {template.id} »") for hole in template.holes), *of_cells]
    if not words or isinstance(outcome, Blocked):
        return {}
    shown = holes(outcome.subject) + holes(outcome.body)
    return {hole: where for hole, where in words if hole in shown}


def _within_cell_limit(outcome: Message | Blocked) -> Message | Blocked:
    """The message, blocked when it is too long for the cell that shows it."""
    if isinstance(outcome, Message) and is_too_long(outcome.body):
        return Blocked(("Message trop long pour une cellule : raccourcissez le texte saisi ou le modèle.",))
    return outcome


def without_faults(outcome: Message | Blocked, template: Template, context: Context) -> Message | Blocked:
    """The message, blocked when its text could not be sent: the outbox never gets a row that it would hold back."""
    faults = [*text_faults(outcome.subject, outcome.body)] if isinstance(outcome, Message) else []
    if not faults:
        return outcome
    values = ((name, context.values.get(name)) for name in template.placeholders)
    signs = ((name, braces(value)) for name, value in values if isinstance(value, str))
    causes = [Problem(name, context.origin(name), unfilled(sign), "corrigez") for name, sign in signs if sign]
    reasons = [cause.sentence(template.vocabulary.headers) for cause in causes] or [
        f"« {field.capitalize()} » {wrong} : corrigez le texte saisi ou le modèle." for field, wrong, _ in faults
    ]
    return Blocked(tuple(map(typographic, reasons)))
