"""The addresses of the row that an e-mail is about: any other recipient was added by hand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import pandas as pd

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.recruits import candidate_rows, recruited
from eig_sheets.emails.drafting.subjects import MailSubject
from eig_sheets.workbook.fields import Kind

_Groups = dict[str, frozenset[str]]


class People:
    """The addresses of every row, tab by tab."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._subjects = {subject.tab: subject for subject in reading.campaign.features.parts(MailSubject)}

    def of(self, template: str, whom: str | None) -> frozenset[str]:
        """The addresses of that number or person; none for a template or a row that is not there."""
        email, key = self._reading.campaign.catalogue.emails.get(template), whom or ""
        nobody: frozenset[str] = frozenset()
        match email.about if email else None:
            case about if about == "candidatures" or (about in self._subjects and self._subjects[about].of_dossiers):
                team = self._teams.get(key, nobody) if email and email.to_team else nobody
                return self._dossiers.get(key, nobody) | team
            case "jury":
                return self._jurors.get(key, nobody)
            case None:
                return nobody
            case tab:
                return self._others.get(tab, {}).get(key, nobody)

    @cached_property
    def _dossiers(self) -> _Groups:
        frame = self._frame("candidatures")
        fields = self._reading.schema.tab("candidatures").fields
        return _grouped(frame, "numero", [field.id for field in fields if field.kind is Kind.EMAIL])

    @cached_property
    def _teams(self) -> _Groups:
        people = candidate_rows(self._reading)
        return {} if people is None or people.empty else _grouped(recruited(people), "projet_decide", ["email"])

    @cached_property
    def _jurors(self) -> _Groups:
        return _grouped(self._frame("jury"), "email", ["email"])

    @cached_property
    def _others(self) -> dict[str, _Groups]:
        """Of the rows of features' tabs."""
        addressed = [subject for subject in self._subjects.values() if not subject.of_dossiers]
        return {tab.tab: _grouped(self._frame(tab.tab), tab.key, [tab.address]) for tab in addressed}

    def _frame(self, tab: str) -> pd.DataFrame:
        return self._reading.valid_rows(tab) if self._reading.has(tab) else pd.DataFrame()


def _grouped(frame: pd.DataFrame, key: str, fields: Iterable[str]) -> _Groups:
    addresses_of: dict[str, set[str]] = {}
    for field in fields if not frame.empty else ():
        filled = frame[[key, field]].dropna() if key != field else frame[[key]].dropna()
        for whom, address in zip(filled[key], filled[field], strict=True):
            addresses_of.setdefault(whom, set()).add(address.casefold())
    return {whom: frozenset(addresses) for whom, addresses in addresses_of.items()}
