"""Missing values: which messages could not be written for which rows of the workbook, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.config import Campaign
from eig_sheets.emails.catalogue.due import Due, Tables, about
from eig_sheets.emails.catalogue.entries import APPOINTMENTS, Email, catalogue_of
from eig_sheets.emails.catalogue.selection import may_receive, possible
from eig_sheets.emails.drafting.computed_values import with_legal_mentions
from eig_sheets.emails.drafting.contexts import Contexts
from eig_sheets.emails.drafting.drafts import without_faults
from eig_sheets.emails.drafting.subjects import keys_of, tables
from eig_sheets.emails.mail.compose import compose
from eig_sheets.emails.mail.messages import Blocked
from eig_sheets.emails.mail.templates import Template


@dataclass(frozen=True, slots=True)
class UnwrittenMessage:
    """A message that could not be written about a row today; `whom` is its dossier or person."""

    template: str
    tab: str
    row: int
    whom: str | None
    reasons: tuple[str, ...]


def missing_columns(reading: Reading, template: Template) -> list[str]:
    """The headers of columns that a template names and that its tab, as people have it, lacks.

    Not those that the call leaves out by choice and that would only have received a copy.
    """
    tab = reading.layout.tabs.get(template.about)
    if tab is None:
        return []
    copies = {*template.cc} - {*template.to, template.reply_to} - template.placeholders
    named = template.uses - (copies & {*reading.campaign.workbook.without_columns})
    return [field.header for field in tab.schema.fields if field.id in named and field.id not in tab.available]


def missing_values(
    reading: Reading, results: Results, texts: Mapping[str, Template], today: date | None = None
) -> list[UnwrittenMessage]:
    """For each template and each row that may receive it one day: what would keep the message from being written.

    A message that is switched off, that no day of the configuration makes due, or that is about no row is left alone.
    """
    campaign, input_tables = reading.campaign, tables(reading, results)
    contexts = Contexts(reading, results, input_tables, today)
    catalogue = catalogue_of(campaign.features)
    never = catalogue.emails.keys() - set(possible(campaign.messages, reading.layout.tabs, campaign.part, catalogue))
    values = []
    for template, text in texts.items():
        if template in never or text.about == APPOINTMENTS:
            continue
        for row in _rows(catalogue.email_of(template), input_tables, campaign):
            context = contexts.of(row)
            composed = without_faults(compose(text, context, (), campaign.emails.allowed), text, context)
            outcome = with_legal_mentions(composed, text, campaign)
            if isinstance(outcome, Blocked):
                tab = reading.layout.tabs[text.about].name
                values.append(UnwrittenMessage(template, tab, row.row, row.numero or row.person, outcome.reasons))
    return values


def _rows(email: Email, input_tables: Tables, campaign: Campaign) -> Iterator[Due]:
    frame, key = input_tables.of(email.about), keys_of(campaign)[email.about]
    if frame is None:
        return
    round_ = email.example_round(campaign.messages)
    for row in frame[may_receive(email, frame)].to_dict("records"):
        yield Due("", email.id, *about(key, row[key]), round_, int(row["row"]))
