"""The anomalies that the rules of the call for talents find: candidatures, wishes, hearings, evaluations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

import pandas as pd

from eig_sheets.campaign.candidate_recusals import unknown_recusals_of_candidates
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.talent_results import TalentResults
from eig_sheets.campaign.wish_checks import WishCells
from eig_sheets.config import Campaign
from eig_sheets.domain.decisions import REFUSED, TO_EVALUATE, WITHDRAWN
from eig_sheets.domain.frames import records_of
from eig_sheets.domain.talents.choices import Code as Wrong
from eig_sheets.domain.talents.eligibility import BREAKING, Code, Reason
from eig_sheets.domain.talents.people import full_name, same_people
from eig_sheets.domain.talents.rules import last_second
from eig_sheets.text.french import day, listed, listed_first, moment, moment_beside
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.anomaly_limits import limited
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.quoting import did_you_mean, quoted

_ELIGIBILITY: Final = {
    Code.TOO_LATE: "candidature_hors_delai",
    Code.TOO_EARLY: "candidature_avant_ouverture",
    Code.EXCLUDED: "candidature_exclue",
    Code.DOUBTFUL: "candidature_a_verifier",
    Code.JUROR: "candidat_jure",
    Code.NAMESAKE: "candidat_homonyme",
    Code.PROJECT_SIDE: "candidat_porteur",
}
"""What is blank or unreadable has its place in the reasons, or is told where it was read: no anomaly more."""

_OVER: Final = (REFUSED, WITHDRAWN)
"""The words of `Statut` after which nothing of a candidate is to be corrected any more."""


def talent_anomalies(reading: Reading, results: TalentResults) -> list[Anomaly]:
    """Every anomaly about candidates, where their tabs are in this workbook."""
    talents, reviews = (reading.layout.tabs.get(name) for name in ("talents", "evaluations_talents"))
    found: list[Anomaly] = []
    if talents is not None:
        about = _Candidates(talents, reading.campaign, results, reading.valid_rows("candidatures")["numero"].tolist())
        found += [
            *about.eligibility(),
            *about.repeated(),
            *about.incomplete(),
            *about.wishes(WishCells(reading)),
            *about.hearings(),
        ]
    if reviews is not None:
        found += [*_projects_not_chosen(reading, results)]
    found += [*unknown_recusals_of_candidates(reading)]
    return limited(found)


class _Candidates:
    """The anomalies in the rows of `Talents`."""

    def __init__(self, tab: TabLayout, campaign: Campaign, results: TalentResults, numbers: list[str]) -> None:
        self._tab, self._campaign, self._results, self._numbers = tab, campaign, results, numbers
        self._column = tab.header("statut")

    def eligibility(self) -> Iterator[Anomaly]:
        """What excludes, until the candidate is refused; what is doubtful, until somebody decided anything."""
        rules = self._campaign.talents
        reasons_of = {exclusion.id: exclusion.reason for exclusion in rules.exclusions}
        limits = {Code.TOO_LATE: rules.last_moment, Code.TOO_EARLY: rules.first_moment}
        for row, reasons in self._rows(self._results.eligibility):
            if row["statut"] in _OVER:
                continue
            untouched = row["statut"] is None or row["statut"] == TO_EVALUATE
            for reason in reasons:
                if reason.code in BREAKING or (untouched and reason.code in _ELIGIBILITY):
                    value, limit = _beside(self._value(row, reason), limits.get(reason.code))
                    yield self._about(
                        _ELIGIBILITY[reason.code], row, reason.field,
                        value=value, limit=limit, reason=reasons_of.get(reason.exclusion, ""),
                        column=self._column, header=self._tab.header(reason.field),
                    )  # fmt: skip

    def repeated(self) -> Iterator[Anomaly]:
        """The candidatures of one person, by their address or their name, that are neither refused nor withdrawn."""
        records = {str(row["candidature"]): row for row in records_of(self._results.candidates)}
        for group in same_people(records.values()):
            for number in group:
                row = records[number]
                alike = [one for one in group if one != number and records[one]["email"] == row["email"] is not None]
                code, field = ("candidat_en_double", "email") if alike else ("candidat_meme_nom", "nom")
                others = alike or [one for one in group if one != number]
                named = f"{'de la candidature' if len(others) == 1 else 'des candidatures'} {listed_first(others)}"
                value, comment = row["email"] if alike else full_name(row), self._tab.header("commentaire")
                yield self._about(code, row, field, value=value, others=named, column=self._column, comment=comment)

    def incomplete(self) -> Iterator[Anomaly]:
        """Candidates without a name or a métier, where the tab has that column; what cannot be read is told there."""
        for field, code in (("nom", "candidat_sans_nom"), ("metier", "candidat_sans_metier")):
            if field not in self._tab.available:
                continue
            for row in records_of(self._results.candidates):
                if row[field] is None and row["statut"] not in _OVER and field not in row["unreadable"]:
                    yield self._about(code, row, field, header=self._tab.header(field))

    def _value(self, row: Mapping[str, Any], reason: Reason) -> Any:
        if reason.code is not Code.NAMESAKE:
            return row[reason.field]
        return full_name(row)

    def wishes(self, cells: WishCells) -> Iterator[Anomaly]:
        """What is wrong with the wishes, at the cells where they are: the others count.

        Of who is refused or gone after a hearing, only a number that no dossier has: rankings show which wish a
        project was.
        """
        deadline = last_second(self._campaign.emails.talents.wishes_before)
        most = self._campaign.talents.max_wishes
        heard = {*self._results.evaluations["candidature"]}
        for row, reasons in self._rows(self._results.choices):
            for code, field in reasons:
                if row["statut"] in _OVER and not (code is Wrong.UNKNOWN and row["candidature"] in heard):
                    continue
                if code is Wrong.UNDATED:  # the explanation says it, and most campaigns have no such date
                    continue
                if code is Wrong.GAP and cells.are_received(row["candidature"]):  # of a choice that names no project
                    continue
                value, limit = _beside(row[field], deadline if code is Wrong.LATE else None)
                hint = did_you_mean(row[field], self._numbers) if code is Wrong.UNKNOWN else ""
                words: dict[str, Any] = {
                    "value": value,
                    "limit": limit or str(most),
                    "header": self._tab.header(field),
                    "hint": hint,
                }
                tab, cell = cells.at(row["candidature"], field)
                yield anomaly(code.value, tab, cell, row["candidature"], **words)

    def hearings(self) -> Iterator[Anomaly]:
        """The hearings on another day than those of the jury of candidates."""
        days = self._campaign.talents.hearing_days
        candidates = self._results.candidates
        held = candidates["audition"].notna() & ~candidates["statut"].isin(_OVER)
        if days:
            held &= ~candidates["audition"].dt.normalize().isin(pd.to_datetime([*days]))
            for row in candidates[held].to_dict("records"):
                words = {"value": moment(row["audition"]), "limit": listed(map(day, days))}
                yield self._about("audition_hors_jours", row, "audition", header=self._tab.header("audition"), **words)

    def _rows(self, found: pd.DataFrame) -> Iterator[tuple[Mapping[str, Any], Any]]:
        """Each candidate of whom something is said."""
        candidates = self._results.candidates
        said = found["reasons"].map(len) > 0
        yield from zip(candidates[said].to_dict("records"), found.loc[said, "reasons"], strict=True)

    def _about(self, code: str, row: Mapping[str, Any], field: str, **words: Any) -> Anomaly:
        cell = self._tab.cell(field, row["row"])
        return anomaly(code, self._tab.name, cell, row["candidature"], **words)


def _beside(value: Any, limit: datetime | None) -> tuple[str, str]:
    """The texts of a value, and of the limit that it is beyond."""
    if isinstance(value, datetime) and limit is not None:
        return moment_beside(value, limit), moment_beside(limit, value)
    return quoted(value), ""


def _projects_not_chosen(reading: Reading, results: TalentResults) -> Iterator[Anomaly]:
    """The evaluations for a project that the candidate, who chose some, did not choose."""
    wishes = dict(zip(results.choices["candidature"], results.choices["wishes"], strict=True))
    for row in results.evaluations.dropna(subset="numero").to_dict("records"):
        chosen = wishes.get(row["candidature"])
        if chosen and row["numero"] not in chosen:
            tab = reading.layout_of(row["source"])
            cell = tab.cell("numero", row["row"])
            yield anomaly("projet_non_choisi", tab.name, cell, row["candidature"], value=row["numero"])
