"""What awaits the officers and the jury of the call for talents, and its figures, for `Accueil`. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import pandas as pd

from eig_sheets.call.applications.rules_eligibility import EligibilityStatus
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.domain.decisions import PRESELECTED, RETAINED, TALENT_STATES, TO_EVALUATE
from eig_sheets.domain.frames import Mask
from eig_sheets.features.talents.computed import RESULTS
from eig_sheets.features.talents.results import TalentResults
from eig_sheets.features.talents.rules_ranking import were_heard
from eig_sheets.features.talents.settings import TalentDates, TalentRules, last_second
from eig_sheets.features.talents.tabs import REVIEWS, TALENTS
from eig_sheets.run.accueil import Indicator, Pending, Urgency
from eig_sheets.run.dashboard import Apart
from eig_sheets.run.pending import PendingLines
from eig_sheets.run.pending_links import OFFICERS, link_to
from eig_sheets.text.french import day, plural
from eig_sheets.workbook.layout import TabLayout

JURY: Final = "Jury"
_SOON: Final = timedelta(days=2)
"""Before a deadline, what is left becomes urgent."""


def pending_candidates(reading: Reading, results: Results, today: date) -> Iterator[Pending]:
    """The lines, where this workbook has the candidates; none for what awaits nobody."""
    candidates = results.of(RESULTS)
    if reading.owns(TALENTS) and candidates is not None:
        yield from _Lines(reading.layout_of(TALENTS), reading, candidates, today).all()


@dataclass(frozen=True, slots=True)
class _Lines:
    tab: TabLayout
    reading: Reading
    results: TalentResults
    today: date

    def all(self) -> Iterator[Pending]:
        """In the order of the stages."""
        yield from self._selection()
        yield from self._wishes()
        yield from self._evaluations()
        yield from self._decisions()

    def _line(
        self, rows: pd.DataFrame, words: tuple[str, str], field: str, urgency: Urgency, detail: str, who: str = OFFICERS
    ) -> Iterator[Pending]:
        if not rows.empty:
            link = link_to(self.tab, field, int(rows["row"].min()))
            yield Pending(who, plural(len(rows), *words), len(rows), urgency, link, detail)

    def _near(self, limit: date | None) -> Urgency:
        is_near = limit is not None and self.today >= limit - _SOON
        return Urgency.URGENT if is_near else Urgency.TO_DO

    def _selection(self) -> Iterator[Pending]:
        """Candidates on whom nobody decided anything: those whose eligibility people have to settle apart."""
        people, revealed = self.results.candidates, self.reading.campaign.section(TalentDates).revealed
        untouched = people["statut"].isna() | people["statut"].isin([TO_EVALUATE])
        doubtful = (self.results.eligibility["status"] == EligibilityStatus.TO_REVIEW).to_numpy()
        urgency = self._near(revealed)
        until = f" Les projets sont révélés le {day(revealed)} aux présélectionnés." if revealed else ""
        yield from self._line(
            people[untouched & doubtful], ("candidature à instruire", "candidatures à instruire"), "statut_actuel",
            urgency, "Ce qui manque, ou est à vérifier : « eig-sheets rank --talents --explain N° » le dit de chacune.",
        )  # fmt: skip
        yield from self._line(
            people[untouched & ~doubtful], ("candidature à évaluer", "candidatures à évaluer"), "statut",
            urgency, f"Choisissez « Présélectionné » ou « Non retenu ».{until}",
        )  # fmt: skip

    def _wishes(self) -> Iterator[Pending]:
        """Preselected candidates without any valid wish, once projects are revealed."""
        people, dates = self.results.candidates, self.reading.campaign.section(TalentDates)
        if dates.revealed is None or self.today < dates.revealed:
            return
        without = (self.results.choices["wishes"].map(len) == 0).to_numpy()
        last = last_second(dates.wishes_before)
        if last is not None and self.today > last.date():
            detail = f"La date limite est passée depuis le {day(last)}."
        else:
            detail = f"Ils choisissent jusqu’au {day(last)}." if last else "Ils choisissent leurs projets."
        yield from self._line(
            people[people["statut"].isin([PRESELECTED]) & without],
            ("présélectionné sans vœu valable", "présélectionnés sans vœu valable"), "voeu_1",
            self._near(last.date() if last else None), detail,
        )  # fmt: skip

    def _evaluations(self) -> Iterator[Pending]:
        """Candidates whose hearing is over, without all the evaluations that are expected, or with too few."""
        people, least = self.results.candidates, self.reading.campaign.section(TalentRules).min_reviews
        expected = self.results.expected
        if expected is None:
            waiting = (self.results.scores.by_candidate["reviews"] < least).to_numpy()
            words = ("candidat entendu sans assez d’évaluations", "candidats entendus sans assez d’évaluations")
            detail = f"Il en faut {least} par personne, dans l’onglet Évaluations talents."
        else:
            missing = expected[~expected["received"]]
            waiting = people["candidature"].isin(missing["candidature"]).to_numpy()
            words = ("candidat entendu attend des évaluations", "candidats entendus attendent des évaluations")
            detail = "Celles que demande l’onglet Affectations talents ; « rank --talents » compte celles de chacun."
        yield from self._line(people[self._heard() & waiting], words, "audition", Urgency.URGENT, detail, JURY)

    def _decisions(self) -> Iterator[Pending]:
        """Candidates who were heard and wait for the outcome, and those who are recruited for no project yet."""
        people, before = self.results.candidates, self.reading.campaign.section(TalentRules).results_before
        announced = self.reading.campaign.section(TalentDates).announced
        until = f" Les résultats se notifient avant le {day(before)}." if before else ""
        until += f" Ils s’annoncent à partir du {day(announced)}." if announced else ""
        is_late = announced is not None and announced <= self.today
        urgency = Urgency.URGENT if is_late else self._near(before)
        yield from self._line(
            people[self._heard()], ("décision à saisir sur un candidat", "décisions à saisir sur des candidats"),
            "statut", urgency, f"Leur audition a eu lieu.{until}",
        )  # fmt: skip
        yield from self._line(
            people[people["statut"].isin([RETAINED]) & people["projet_decide"].isna()],
            ("candidat retenu sans projet", "candidats retenus sans projet"), "projet_decide",
            urgency, "Saisissez le numéro du dossier qu’il rejoint.",
        )  # fmt: skip

    def _heard(self) -> Mask:
        return were_heard(self.results.candidates, self.today)


LINES: Final = PendingLines(pending_candidates)


_CANDIDATES: Final = "Candidats"


def candidate_indicators(reading: Reading) -> Iterator[Indicator]:
    """How many candidates there are, are left out, and are in each state; then how many evaluations."""
    table, talents = reading.tables[TALENTS], reading.valid_rows(TALENTS)
    total, included = len(table.frame), len(talents)
    yield Indicator(_CANDIDATES, "Lignes remplies dans Talents", total)
    detail = "Une anomalie bloquante les laisse hors des résultats : voir Anomalies." if total > included else ""
    yield Indicator(_CANDIDATES, "Laissés de côté", total - included, detail=detail)
    states = talents["statut"].fillna(TO_EVALUATE).value_counts()
    for state in TALENT_STATES:
        count = int(states.get(state, 0))
        yield Indicator(_CANDIDATES, state, count, count / included if included else None)
    yield Indicator("Jury", "Évaluations de candidats", len(reading.valid_rows(REVIEWS)))


def _counts(reading: Reading) -> tuple[str, ...]:
    candidates, reviews = (len(reading.valid_rows(tab)) for tab in (TALENTS, REVIEWS))
    return plural(candidates, "candidature"), plural(reviews, "évaluation")


APART: Final = Apart(candidate_indicators, _counts)
