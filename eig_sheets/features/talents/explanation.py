"""Explanation of one candidate: eligibility, choices, each note and each rank, from which cells and by which rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from eig_sheets.call.report.explain import evaluation_line, mean_lines
from eig_sheets.call.scoring.rules_explain import note_terms
from eig_sheets.campaign.explanation_lines import (
    Line,
    RowCells,
    eligibility_line,
    explanation_line,
    number_or_none,
    row_of,
    rule_source,
    rule_sources,
)
from eig_sheets.campaign.reading import Reading
from eig_sheets.features.talents import words as talent_words
from eig_sheets.features.talents.ranking_tab import group_name, remarks
from eig_sheets.features.talents.results import TalentResults, lists_of_talents
from eig_sheets.features.talents.rules_choices import RECEIVED
from eig_sheets.features.talents.rules_eligibility import CandidateCode
from eig_sheets.features.talents.rules_ranking import ListKind
from eig_sheets.features.talents.settings import WISHES, TalentRules
from eig_sheets.text.french import number, plural
from eig_sheets.workbook.cells import sentence

_RULES: Final = {
    CandidateCode.TOO_LATE: "talents.closes",
    CandidateCode.TOO_EARLY: "talents.opens",
    CandidateCode.EXCLUDED: "talents.exclusions.reason",
    CandidateCode.DOUBTFUL: "talents.exclusions.reason",
    CandidateCode.JUROR: "talents.exclusions.reason",
    CandidateCode.NAMESAKE: "talents.exclusions.reason",
    CandidateCode.PROJECT_SIDE: "talents.exclusions.reason",
}


def explain_talent(candidature: str, reading: Reading, results: TalentResults) -> list[Line]:
    """Lines on a candidate who has results: what each number is, its formula, its cells, the source of its rule."""
    source_of, rules = rule_sources(reading), reading.campaign.section(TalentRules)
    evaluated, evaluations = results.scores.evaluated, results.evaluations
    terms = note_terms(candidature, evaluated, evaluations, rules.criteria, rules, "candidature")
    row = row_of(results.scores.by_candidate.reset_index(), candidature, "candidature")
    scale = rule_source(source_of, "talents.max", "talents.criteria.weight")
    return [
        _eligibility(candidature, reading, results, source_of),
        _choices(candidature, reading, results, source_of),
        *(evaluation_line(term, reading.layout_of(term.source), scale) for term in terms),
        *mean_lines(row, terms, rules.criteria, reading.layout_of, "Note /20 de la personne", scale),
        *_correction(candidature, results, source_of),
        *_ranks(candidature, reading, results),
    ]


def _cells(candidature: str, reading: Reading, results: TalentResults) -> RowCells:
    return RowCells(reading.layout_of("talents"), row_of(results.candidates, candidature, "candidature")["row"])


def _eligibility(candidature: str, reading: Reading, results: TalentResults, source_of: Mapping[str, str]) -> Line:
    row, header = row_of(results.eligibility, candidature, "candidature"), reading.layout_of("talents").header
    exclusions = {exclusion.id: exclusion.reason for exclusion in reading.campaign.section(TalentRules).exclusions}
    why = sentence(talent_words.reason_text(reason, header, exclusions) for reason in row["reasons"])
    cells = _cells(candidature, reading, results).of(*dict.fromkeys(reason.field for reason in row["reasons"]))
    rules = [_RULES.get(reason.code, "talents.required") for reason in row["reasons"]]
    source = rule_source(source_of, *dict.fromkeys(rules or ["talents.required", "talents.closes"]))
    value = talent_words.ELIGIBILITY[row["status"]]
    return eligibility_line(value, why, cells, source)


def _choices(candidature: str, reading: Reading, results: TalentResults, source_of: Mapping[str, str]) -> Line:
    row, header = row_of(results.choices, candidature, "candidature"), reading.layout_of("talents").header
    wrong = sentence(talent_words.WISHES[code].format(header=header(field)) for code, field in row["reasons"])
    cells = _cells(candidature, reading, results).of(*WISHES, RECEIVED)
    source = rule_source(source_of, "talents.max_wishes", "emails.talents.wishes_before")
    none = wrong or "Aucun vœu n’est rempli."
    formula = wrong or "Chaque vœu est un projet lauréat, une seule fois."
    wishes = ", ".join(row["wishes"]) or None
    return explanation_line("Vœux valables, dans l’ordre", wishes, formula if wishes else none, cells, source)


def _correction(candidature: str, results: TalentResults, source_of: Mapping[str, str]) -> Iterator[Line]:
    correction, source = results.correction, rule_source(source_of, "talents.min_votes")
    if correction.reason is not None:
        yield explanation_line("Note corrigée", None, talent_words.uncorrected_sentence(correction.reason), "", source)
    elif candidature in correction.notes.index:
        row = row_of(correction.notes.reset_index(), candidature, "candidature")
        error = number(round(float(row["corrected_error"]), 2))
        formula = f"note que donnerait un juré moyen, à {error} point près (écart-type)"
        yield explanation_line("Note corrigée", number_or_none(row["corrected"]), formula, "", source)


def _ranks(candidature: str, reading: Reading, results: TalentResults) -> Iterator[Line]:
    """The rank in each list that has the candidate."""
    shown = lists_of_talents(reading, results)
    lists = results.ranking
    for row in lists[lists["candidature"] == candidature].to_dict("records"):
        same = lists[(lists["kind"] == row["kind"]) & (lists["group"] == row["group"])]
        name = f"{talent_words.KINDS[row['kind']]} {group_name(row['group'], shown.projects)}"
        ranked = same[same["rank"].notna()]
        notes = remarks(row["unranked_reason"], row["alerts"])
        if row["unranked_reason"] is None:
            above = int((ranked["rank"] < row["rank"]).sum())
            note = number(round(float(row["note"]), 4))
            people = plural(len(ranked), "personne classée", "personnes classées")
            notes.insert(0, f"note {note} ; {plural(above, 'personne')} devant, sur {people}")
        wish = _wish(row["wish"]) if row["kind"] == ListKind.PROJECT else ""
        rank = None if row["unranked_reason"] else int(row["rank"])
        yield explanation_line(f"Rang – {name}", rank, " ; ".join(filter(None, (*notes, wish))))


def _wish(place: Any) -> str:
    rank = number_or_none(place)
    return "ce projet n’est pas un de ses vœux valables" if rank is None else f"vœu {int(rank)}"
