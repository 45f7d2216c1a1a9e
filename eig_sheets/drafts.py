"""The e-mails that are due, each composed from the cells of the workbook or held back by what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from eig_sheets.config import Campaign
from eig_sheets.domain.due import TEMPLATES, due
from eig_sheets.domain.eligibility import BREAKING
from eig_sheets.domain.frames import objects
from eig_sheets.domain.scoring import EvaluationStatus
from eig_sheets.mail import placeholders, templates
from eig_sheets.mail.compose import compose
from eig_sheets.mail.context import Context
from eig_sheets.mail.messages import Blocked, Message
from eig_sheets.mail.templates import Template
from eig_sheets.reading import Reading, schema_of
from eig_sheets.results import Results
from eig_sheets.workbook import words
from eig_sheets.workbook.cells import MAX_TEXT
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.render.eligibilite import reasons


@dataclass(frozen=True, slots=True)
class Draft:
    """One e-mail that is due, under its stable id."""

    id: str
    template: str
    numero: str | None
    outcome: Message | Blocked


def load_templates(campaign: Campaign) -> dict[str, Template]:
    """The templates of the campaign. Raises TemplateError."""
    columns = {field.id: field.header for field in schema_of(campaign).tab("candidatures").fields}
    needed = set(TEMPLATES) - set(campaign.emails.disabled)
    return templates.load(campaign.templates_folder, {**columns, **placeholders.COMPUTED}, needed)


def drafts(
    reading: Reading,
    results: Results,
    campaign: Campaign,
    texts: Mapping[str, Template],
    today: date,
    known: Collection[str] = (),
) -> list[Draft]:
    """The e-mails due on `today` whose id is not among the `known` ones, in the order of the campaign's life."""
    jurors = _jurors(reading, results)
    rows = due(_dossiers(results), jurors, campaign.emails, today)
    writer = _Writer(reading, results, campaign, jurors)
    return [
        Draft(row.id, row.template, row.numero, _fitting(compose(texts[row.template], writer.context(row))))
        for row in _tuples(rows[~rows["id"].isin(list(known))])
    ]


def _fitting(outcome: Message | Blocked) -> Message | Blocked:
    """The same, unless the message is too long for the cell that shows it."""
    if isinstance(outcome, Message) and len(outcome.body) > MAX_TEXT:
        return Blocked(("Message trop long pour une cellule : raccourcissez le texte saisi ou le modèle.",))
    return outcome


def _tuples(frame: pd.DataFrame) -> Iterator[Any]:
    return frame.itertuples(index=False)


def _dossiers(results: Results) -> pd.DataFrame:
    assessed, money = results.eligibility, results.cofinancing
    return results.dossiers[["numero", "preselection", "decision"]].assign(
        eligibility=assessed["status"],
        to_complete=assessed["to_complete"],
        cofin_requested=money["requested"],
        cofin_missing=money["missing"],
    )


def _jurors(reading: Reading, results: Results) -> pd.DataFrame:
    """Each juror once, with the dossiers still in the running that they have not finished scoring."""
    jury = reading.kept("jury").dropna(subset="email").drop_duplicates("email")
    ranking = results.ranking
    running = ranking.loc[ranking["unranked_reason"].isin([None, "sans_evaluation"]), "numero"]
    waiting = results.evaluated[
        (results.evaluated["status"] == EvaluationStatus.INCOMPLETE) & results.evaluated["numero"].isin(running)
    ]
    pending: dict[Any, Any] = waiting.groupby("jure")["numero"].agg(tuple).to_dict()
    return jury.assign(pending=objects((pending.get(email, ()) for email in jury["email"]), jury.index))


class _Writer:
    """The values of each message, and the cell of each value."""

    def __init__(self, reading: Reading, results: Results, campaign: Campaign, jurors: pd.DataFrame) -> None:
        self._tabs = reading.layout.tabs
        self._dossiers = _by(results.dossiers, "numero")
        self._eligibility = _by(results.eligibility, "numero")
        self._cofinancing = _by(results.cofinancing, "numero")
        self._jurors = _by(jurors, "email")
        emails = campaign.emails
        self._common: dict[str, object] = {
            "campagne": campaign.campaign.name or campaign.campaign.id,
            "contact": emails.contact,
            "signature": emails.signature,
            "reponse_avant": emails.reply_before,
            "dates_jury": emails.jury_dates,
        }

    def context(self, row: Any) -> Context:
        """The values for one row of the frame of e-mails due."""
        return self._to_applicant(row.numero) if row.person is None else self._to_juror(row.person)

    def _to_applicant(self, numero: str) -> Context:
        assessed, money = self._eligibility[numero], self._cofinancing[numero]
        header = self._tabs["candidatures"].header
        broken = tuple(reason for reason in assessed["reasons"] if reason[0] in BREAKING)
        computed = {
            "pieces": tuple(header(field) for field in assessed["to_complete"]),
            "motifs": tuple(reasons(broken, header)),
            "a_completer": tuple(words.MISSING[code] for code in money["missing"]),
            "montant_min": _plain(money["amount_min"]),
            "montant_max": _plain(money["amount_max"]),
        }
        return self._dossier(numero, {**self._common, **computed})

    def _to_juror(self, email: str) -> Context:
        juror = self._jurors[email]
        pending = tuple(self._dossier(numero, {}) for numero in juror["pending"])
        values = {**self._common, "jure": juror["nom"], "email_jure": email, "dossiers": pending}
        fields = {"jure": "nom", "email_jure": "email"}
        return Context(values, _Origin(self._tabs["jury"], juror["row"], fields))

    def _dossier(self, numero: str, computed: Mapping[str, object]) -> Context:
        tab, record = self._tabs["candidatures"], self._dossiers[numero]
        typed = {field.id: _plain(record[field.id]) for field in tab.schema.fields}
        typed |= {field_id: _as_typed(tab, field_id, record) for field_id in record["unreadable"]}
        return Context({**typed, **computed}, _Origin(tab, record["row"], {}))


@dataclass(frozen=True, slots=True)
class _Origin:
    """The cell of a placeholder, as « Candidatures!AK12 »; `fields`: placeholders not called as their field."""

    tab: TabLayout
    row: int
    fields: Mapping[str, str]

    def __call__(self, name: str) -> str | None:
        cell = self.tab.cell(self.fields.get(name, name), self.row)
        return f"{self.tab.name}!{cell}" if cell else None


def _as_typed(tab: TabLayout, field_id: str, record: Mapping[str, Any]) -> object:
    """An address that cannot be read stays as it is typed, so that the message says « wrong », not « missing »."""
    column = tab.columns[field_id]
    return str(tab.tab.value(record["row"], column)) if field_id.startswith("email") else None


def _by(frame: pd.DataFrame, key: str) -> dict[Any, dict[Any, Any]]:
    return {record[key]: record for record in frame.to_dict("records")}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return value
    if pd.isna(value):
        return None
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
