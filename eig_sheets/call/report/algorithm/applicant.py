"""The answer to an applicant: the four points of CRPA, R. 311-3-1-2, with the numbers of their dossier alone.

The article is quoted where the administration says that the ranking founds its decisions.

Nothing of it names another applicant or a juror, nor tells the note or the comment of one juror.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from eig_sheets.call.applications import letter_words
from eig_sheets.call.applications.applications import APPLICATIONS
from eig_sheets.call.applications.rules_eligibility import BREAKING, EIG_NUMBER, SUBMITTED
from eig_sheets.call.report.algorithm.stated_rules import (
    FILED,
    READ_IN_FICHE,
    contribution,
    operations,
    parameters_section,
    require,
    require_sources,
    rights,
)
from eig_sheets.call.report.people import RuleSources
from eig_sheets.call.report.projects import name_of
from eig_sheets.call.scoring.rules_explain import EvaluationTerms, note_terms
from eig_sheets.call.scoring.rules_ranking import by_expected_rank
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.scoring.words import ProbabilityStyle, style_of
from eig_sheets.campaign.explanation_lines import number_or_none, row_of
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.reviews.panels import panels
from eig_sheets.campaign.reviews.recusals import recusals_of
from eig_sheets.documents.checksum import archive_with_checksum
from eig_sheets.documents.paper import Paper
from eig_sheets.documents.sections import Explanation, Section, section
from eig_sheets.text.french import day as french_day
from eig_sheets.text.french import moment, number, plural, typographic
from eig_sheets.workbook import words

REQUIRED: Final = ("purpose", "decided_by", "contact")
_HIDDEN: Final = "non communiquée"


def answer(numero: str, reading: Reading, results: Results, day: date) -> Explanation:
    """What a dossier's applicant is told, with the data of that day. Raises UnsaidError."""
    campaign = reading.campaign
    require(campaign, *REQUIRED)
    facts, source_of = _Facts(numero, reading, results), RuleSources(campaign, reading.overrides)
    sections = (
        section("Votre demande", facts.introduction(day)),
        section("1. Le degré et le mode de contribution du traitement à la décision", facts.contribution()),
        section(
            "2. Les données traitées et leurs sources",
            facts.eligibility(),
            ("Donnée", "Votre dossier", "Source"),
            facts.data(),
            (6.6, 5, 6),
        ),
        facts.notes("3. Les paramètres et leur pondération, appliqués à votre dossier"),
        section("Votre rang", facts.place()),
        parameters_section("Tous les paramètres", campaign, source_of),
        section("4. Les opérations effectuées", operations(campaign)),
        section("Vos droits", rights(campaign)),
    )
    require_sources(campaign, source_of)
    title = campaign.campaign.name or campaign.campaign.id
    return Explanation(
        typographic("Le classement, expliqué pour votre dossier"), title, campaign.campaign.banner, sections
    )


class _Facts:
    """What the treatment made of one dossier, in the words of a letter."""

    def __init__(self, numero: str, reading: Reading, results: Results) -> None:
        self._reading, self._results, self._campaign = reading, results, reading.campaign
        self._dossier, self._ranked = (
            row_of(results.of(APPLICATIONS).dossiers, numero),
            row_of(results.of(SCORES).ranking, numero),
        )
        self._assessed = row_of(results.of(APPLICATIONS).eligibility, numero)
        terms = note_terms(
            numero,
            results.of(SCORES).evaluated,
            results.of(SCORES).evaluations,
            self._campaign.criteria,
            self._campaign.scoring,
        )
        self._counted = [term for term in terms if term.note is not None]
        self._recused = {juror for number, juror in recusals_of(reading) if number == numero}

    def introduction(self, day: date) -> Iterator[str]:
        host = self._dossier["administration"]
        of = f", {host}" if isinstance(host, str) and host else ""
        yield f"Projet « {name_of(self._dossier)} »{of}, dossier n° {self._dossier['numero']}."
        article = "l’article R. 311-3-1-2 du code des relations entre le public et l’administration"
        is_law = self._campaign.decisions.public_law and self._campaign.algorithm.founds_decisions
        answers = article if is_law else "votre demande"
        yield (
            f"Ce document répond à {answers}. Il est établi avec les données du {french_day(day)}. Il ne dit rien des "
            "autres projets ni de qui a noté : ces informations ne vous sont pas communicables."
        )

    def contribution(self) -> Iterator[str]:
        yield from contribution(self._campaign)
        proposed = words.proposal_text(self._ranked["proposal"], self._ranked["proposal_reserves"])
        lacking = " et ".join(words.ALERTS[reserve] for reserve in self._ranked["proposal_reserves"])
        why = f" ; la réserve : {lacking}" if lacking else ""
        yield f"Proposition du calcul pour votre dossier : {f'« {proposed} »' if proposed else 'aucune'}{why}."
        decision = _text(self._dossier["decision"]) or _text(self._dossier["preselection"])
        yield f"Décision prise par des personnes : « {decision} »."

    def eligibility(self) -> Iterator[str]:
        status = words.ELIGIBILITY[self._assessed["status"]].lower()
        yield f"Conditions de l’appel : d’après ce qui y est rempli, votre dossier est {status}."
        tab, call = self._reading.layout.tabs["candidatures"], self._campaign.campaign
        submitted = self._dossier["date_depot"]
        when = None if submitted != submitted else submitted  # noqa: PLR0124 -- NaT is not itself
        broken = [
            letter_words.motive(code, tab.header(field), when, call)
            for code, field in self._assessed["reasons"]
            if code in BREAKING
        ]
        if broken:
            yield f"En cause : {' ; '.join(broken)}."

    def data(self) -> Iterator[tuple[str, str, str]]:
        """What the rules of eligibility read in the dossier, and what people added."""
        rules, tab = self._campaign.eligibility, self._reading.layout.tabs["candidatures"]
        numbers = [EIG_NUMBER] if rules.eig_numbers else []
        for name in dict.fromkeys((SUBMITTED, *numbers, *rules.required, *rules.attestations)):
            yield tab.header(name), _given(self._dossier[name]), READ_IN_FICHE if name in rules.read_in_fiche else FILED
        counted = plural(len(self._counted), "évaluation complète", "évaluations complètes")
        yield "Notes, avis et coups de cœur", counted, "les grilles remplies par les jurés"
        for name in ("preselection", "decision"):
            yield tab.header(name), _text(self._dossier[name]) or "vide", "les personnes qui décident"

    def notes(self, heading: str) -> Section:
        rows = (self._criterion(place) for place in range(len(self._campaign.criteria)))
        headers = ("Critère", "Poids", "Votre moyenne", "Échelle")
        return section(heading, self._note(), headers, rows if self._counted else (), (7.6, 2.4, 4.6, 3))

    def _criterion(self, place: int) -> tuple[str, ...]:
        criterion = self._campaign.criteria[place]
        mean = number_or_none(self._ranked[criterion.id])
        shown = "–" if mean is None else number(mean, 2) if self._tellable(self._scored(place)) else _HIDDEN
        low, high = map(number, self._campaign.scale)
        return criterion.label, number(criterion.weight), shown, f"de {low} à {high}"

    def _tellable(self, scored: Sequence[EvaluationTerms]) -> bool:
        """Whether a mean of what these scored, if anything, is not the note of one person."""
        return len(scored) != 1 or self._is_of_several(scored[0].juror)

    def _note_is_tellable(self) -> bool:
        """Whether the note is: a mean that is withheld could be subtracted from it."""
        return self._tellable(self._counted) and all(map(self._tellable, self._by_criterion()))

    def _is_of_several(self, juror: str) -> bool:
        """Whether a grid is that of a group, of which two at least read this dossier: it is then nobody's note."""
        groups = panels(self._reading) if self._campaign.jury.reads_as_group else {}
        members = {member for member, group in groups.items() if group == groups.get(juror)}
        return len(members - self._recused) > 1

    def _note(self) -> Iterator[str]:
        if not self._counted:
            yield "Aucune évaluation complète ne porte sur votre dossier : il n’a pas de note."
            return
        read = plural(len(self._counted), "évaluation complète compte", "évaluations complètes comptent")
        yield f"{read} dans la note de votre dossier."
        if self._note_is_tellable():
            yield f"Note de votre dossier : {number(self._ranked['note'], 2)} sur 20."
        else:
            yield (
                f"Une moyenne qui serait la note d’une seule personne est {_HIDDEN} : elle dirait l’appréciation de "
                "cette personne. La note, dont elle se déduirait, ne l’est pas non plus."
            )

    def _by_criterion(self) -> Iterator[list[EvaluationTerms]]:
        return (self._scored(place) for place in range(len(self._campaign.criteria)))

    def _scored(self, place: int) -> list[EvaluationTerms]:
        return [term for term in self._counted if term.terms[place].value is not None]

    def place(self) -> Iterator[str]:
        row, campaign = self._ranked, self._campaign
        if row["unranked_reason"]:
            yield f"{words.UNRANKED[row['unranked_reason']]}."
            return
        ranked = int(self._results.of(SCORES).ranking["rank"].notna().sum())
        yield f"Rang : {int(row['rank'])} sur {plural(ranked, 'dossier classé', 'dossiers classés')}."
        if row["tie_break"]:
            expected = by_expected_rank(campaign.ranking, self._results.of(SCORES).calibration)
            level = "rang attendu" if expected else "note"
            yield f"À égalité de {level}, la moyenne de « {campaign.labels[row['tie_break']]} » a décidé."
        if row["tied"]:
            yield "Ce rang est partagé : même note, et mêmes moyennes de départage."
        places = min(campaign.campaign.target, ranked)
        waiting = plural(campaign.ranking.waiting_list, "place", "places")
        yield f"Places : {places} ; liste d’attente : {waiting}."
        yield from self._corrected(row, places)

    def _corrected(self, row: Mapping[str, Any], places: int) -> Iterator[str]:
        calibration = self._results.of(SCORES).calibration
        if calibration.reason is not None:
            yield f"Pas de classement corrigé : {words.UNCORRECTED[calibration.reason]}."
            return
        corrected = number_or_none(calibration.dossiers.loc[row["numero"], "corrected"])
        if corrected is not None and self._note_is_tellable():
            yield f"Note corrigée de la sévérité des jurés : {number(corrected, 2)} sur 20."
        (low, high), inside = row["interval_90"], ProbabilityStyle().text(row["mass_90"])
        chance = style_of(self._results.of(SCORES).ranking["p_selected"], self._campaign.ranking.zone).text(
            row["p_selected"]
        )
        yield (
            f"Rang attendu : {number(row['expected_rank'], 1)} ; "
            f"entre {low} et {high} avec une probabilité de {inside}. "
            f"Probabilité d’être dans les {plural(places, 'première place', 'premières places')} : {chance}."
        )
        if calibration.line is not None:
            yield f"Zone : « {words.ZONES[row['zone']]} »."


_LONGEST: Final = 60


def _given(value: object) -> str:
    """A value of the dossier in a few words: whether it is filled, when it is long."""
    if value is None or value != value:  # noqa: PLR0124 -- NaN and NaT differ from themselves
        return "vide"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | float):
        return number(value)
    return value if isinstance(value, str) and len(value) <= _LONGEST else "rempli"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def document(explanation: Explanation, day: date) -> bytes:
    """The .docx: the same bytes for the same explanation, with their checksum. `day`: that of the data."""
    paper = Paper(f"{explanation.title} – {explanation.subtitle}", day)
    paper.title(explanation.title, explanation.subtitle)
    if explanation.banner:
        paper.strong(explanation.banner)
    for part in explanation.sections:
        paper.section(part)
    return archive_with_checksum(paper.saved())
