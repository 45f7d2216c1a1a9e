"""Templates against all the rows of the workbook: which messages could not be written, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from eig_sheets.config import Campaign
from eig_sheets.domain.due import Due, Tables
from eig_sheets.domain.due.advice import moment_name
from eig_sheets.domain.due.words import may_receive
from eig_sheets.domain.rules import ABOUT, APPOINTMENTS, tab_of
from eig_sheets.drafting.contexts import Contexts
from eig_sheets.drafting.tables import tables
from eig_sheets.mail.compose import compose
from eig_sheets.mail.messages import Blocked
from eig_sheets.mail.templates import Template
from eig_sheets.reading import Reading
from eig_sheets.results import Results


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A message that could not be written about a row today; `whom` is its dossier or person."""

    template: str
    tab: str
    row: int
    whom: str | None
    reasons: tuple[str, ...]


def missing_columns(reading: Reading, template: Template) -> list[str]:
    """The headers of columns that a template names and that its tab, as people have it, lacks."""
    tab = reading.layout.tabs.get(template.about)
    if tab is None:
        return []
    fields = [field for field in tab.schema.fields if field.id in template.uses]
    return [field.header for field in fields if field.id not in tab.available]


def holes(reading: Reading, results: Results, texts: Mapping[str, Template]) -> list[Obstacle]:
    """For each template and each row that may receive it one day: what would keep the message from being written.

    A message that is switched off, that no day of the configuration makes due, or that is about no row is left alone.
    """
    campaign, known = reading.campaign, tables(reading, results)
    contexts = Contexts(reading, results, known)
    never = ABOUT.keys() - set(campaign.emails.possible(reading.layout.tabs))
    found = []
    for template, text in texts.items():
        if template in never or text.about == APPOINTMENTS:
            continue
        for one in _rows(template, known, campaign):
            outcome = compose(text, contexts.of(one), (), campaign.emails.allowed)
            if isinstance(outcome, Blocked):
                tab = reading.layout.tabs[text.about].name
                found.append(Obstacle(template, tab, one.row, one.numero or one.person, outcome.reasons))
    return found


def _rows(template: str, known: Tables, campaign: Campaign) -> Iterator[Due]:
    frames = {
        "candidatures": (known.dossiers, "numero"),
        "jury": (known.jurors, "email"),
        "talents": (known.talents, "candidature"),
        "creneaux": (known.slots, "email"),
        "suivi": (known.milestones, "numero"),
    }
    frame, key = frames[tab_of(template)]
    if frame is None:
        return
    webinar = next((moment_name(one.starts) for one in campaign.emails.webinars), "")
    for row in frame[may_receive(template, frame)].to_dict("records"):
        numero, person = (row[key], None) if key == "numero" else (None, row[key])
        yield Due("", template, numero, person, webinar, int(row["row"]))
