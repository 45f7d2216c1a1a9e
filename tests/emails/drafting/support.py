"""A small fictional campaign, read from its cells, and the e-mails that it makes due."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from eig_sheets import config, loading
from eig_sheets.call.results import compute
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews.versions import Record, Value, Version
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.config import Campaign
from eig_sheets.domain.rules import Rules
from eig_sheets.emails.catalogue.due import NOTHING_RECEIVED
from eig_sheets.emails.drafting.drafts import Draft, drafts, load_templates
from eig_sheets.emails.mail.messages import Blocked, Message
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot
from tests.workbook.anomalous_pages import notes_tab

EIG5 = loading.load(config.packaged())
TEXTS = load_templates(EIG5)
NOTES = {criterion.id: 3 for criterion in EIG5.criteria}

DOSSIER = {
    "numero": "90001", "date_depot": datetime(2021, 4, 1, 9), "projet": "Boussole des aides",
    "administration": "Agence fictive", "nombre_eig": 2,
    "porteur_projet": "Camille Durand", "email_porteur": "camille@exemple.invalid",
    "email_porteur_2": "sacha@exemple.invalid", "mentor": "Lou Bernard", "email_mentor": "lou@exemple.invalid",
    "preselection": "Présélectionné", "audition": datetime(2021, 5, 4, 9, 30), "questions": "Qui utilise ces données ?",
    "retour": "Le besoin est réel.",
}  # fmt: skip
JUROR = {"nom": "Dominique Martin", "email": "dominique@exemple.invalid", "groupe": "A"}
REVIEW = {"numero": "90001", "jure": "dominique@exemple.invalid", **NOTES}
TALENT = {
    "candidature": "70012", "prenom": "Alix", "nom": "Moreau", "email": "alix@exemple.invalid", "voeu_1": "90001",
    "statut": "Présélectionné", "audition": datetime(2021, 6, 7, 10),
}  # fmt: skip
LAUREATE = {**DOSSIER, "decision": "Lauréat"}
RECRUIT = {**TALENT, "statut": "Retenu", "projet_decide": "90001"}


def page_notes(numero: str = "90001", juror: str = JUROR["email"], **values: Value) -> Record:
    """What the page of a juror said of a dossier: 3 everywhere unless it is said otherwise."""
    moment = datetime(2021, 4, 28, 10)
    return Record(Version(juror, numero, {**NOTES, **values}, moment, moment, "grille.xlsx", "Grille!B12"))


Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Case:
    """A campaign as it was read."""

    campaign: Campaign
    reading: Reading
    results: Results

    def drafts(self, today: date, received: Mapping[str, date | None] = NOTHING_RECEIVED) -> list[Draft]:
        return drafts(self.reading, self.results, TEXTS, today, received)

    def one(self, template: str, today: date, received: Mapping[str, date | None] = NOTHING_RECEIVED) -> Draft:
        """The only e-mail of that template."""
        [draft] = [draft for draft in self.drafts(today, received) if draft.template == template]
        return draft

    def message(self, template: str, today: date) -> Message:
        """The same, which nothing holds back."""
        outcome = self.one(template, today).outcome
        assert isinstance(outcome, Message), outcome
        return outcome

    def reasons(self, template: str, today: date) -> list[str]:
        """Why the only e-mail of that template is held back, with ordinary spaces."""
        outcome = self.one(template, today).outcome
        assert isinstance(outcome, Blocked), outcome
        return [reason.replace("\u202f", " ") for reason in outcome.reasons]


def campaign(sections: Mapping[str, Rules] | None = None, **emails: Any) -> Campaign:
    """EIG5 with other values of `[emails]`, and other `sections` of features, by their keys."""
    values: dict[str, Any] = {"emails": EIG5.emails.model_copy(update=emails)}
    for key, section in (sections or {}).items():
        table, _, inner = key.partition(".")
        there = values.get(table) or getattr(EIG5, table)
        values[table] = there.model_copy(update={inner: section}) if inner else section
    return EIG5.model_copy(update=values)


def case(
    *,
    rules: Campaign = EIG5,
    without: Mapping[str, Collection[str]] | None = None,
    received: Sequence[Record] = (),
    **tabs: Rows,
) -> Case:
    """A campaign with these rows, by tab and field; `without` are columns that a tab lacks. Absent tabs are empty.

    `received`: what the pages of jurors said, in `Notes reçues`.
    """
    schema, missing = schema_of(rules), without or {}
    snapshots = []
    for tab in schema.tabs:
        fields = [field for field in tab.fields if field.id not in missing.get(tab.id, ())]
        rows = [[row.get(field.id) for field in fields] for row in tabs.get(tab.id, ())]
        snapshots.append(TabSnapshot(tab.name, [[field.header for field in fields], *rows]))
    snapshots += [notes_tab(*received)] if received else []
    reading = read(Snapshot(tuple(snapshots)), rules)
    assert not reading.problems
    return Case(rules, reading, compute(reading))
