"""Explanation of the rank of one dossier and of its notes: values, formulas, cells, sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from eig_sheets.call.applications.explain import dossier_eligibility_line
from eig_sheets.call.scoring.explain_rank import explanation_of
from eig_sheets.call.scoring.rules_explain import EvaluationTerms, note_terms
from eig_sheets.call.scoring.rules_proposals import Condition
from eig_sheets.call.scoring.rules_ranking import by_expected_rank
from eig_sheets.call.scoring.rules_scoring import EvaluationStatus
from eig_sheets.call.scoring.scores import SCORES
from eig_sheets.call.selection.rules_problem import ENVELOPE
from eig_sheets.call.selection.selection import SELECTION, LimitInForce, Selection
from eig_sheets.call.selection.words import UTILITIES, envelope_name, limit_name, money, moved_texts
from eig_sheets.campaign.explanation_lines import (
    Line,
    explanation_line,
    number_or_none,
    row_of,
    rule_source,
    rule_sources,
)
from eig_sheets.campaign.limits import SECTION
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import Results
from eig_sheets.domain.rules import Criterion
from eig_sheets.spreadsheet.model.cell_names import reference
from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.text.french import number, plural
from eig_sheets.workbook import words
from eig_sheets.workbook.layout import TabLayout

_NOT_COUNTED = {
    EvaluationStatus.RECUSED: "déport : ne compte pas",
    EvaluationStatus.INCOMPLETE: "un critère n’est pas encore noté : ne compte pas",
    EvaluationStatus.NO_SCORE: "NSP partout : rien à compter",
}


def evaluation_line(evaluation: EvaluationTerms, tab: TabLayout, source: str) -> Line:
    """The note of one evaluation, whose row is in `tab`."""
    scored = [term for term in evaluation.terms if term.value is not None]
    skipped = ", ".join(f"{term.criterion.label} : NSP" for term in evaluation.terms if term.nsp)
    if evaluation.note is None:
        formula = _NOT_COUNTED[evaluation.status]
    else:
        total = " + ".join(f"{number(term.criterion.weight)} × {number(term.value or 0)}" for term in scored)
        formula = f"20 × ({total}) / ({number(evaluation.maximum)} × {number(evaluation.weights)})"
    formula += f" ; {skipped} (hors des deux sommes)" if skipped and evaluation.note is not None else ""
    return explanation_line(
        f"Note /20 de {evaluation.juror}", evaluation.note, formula, _scores(evaluation, tab), source
    )


def _scores(evaluation: EvaluationTerms, tab: TabLayout) -> str:
    """The cells of the criteria of one evaluation, side by side ones as a range."""
    if tab.rows_have_ids:
        return ", ".join(filter(None, (tab.reference(term.criterion.id, evaluation.row) for term in evaluation.terms)))
    spans: list[list[int]] = []
    for column in sorted(tab.columns[term.criterion.id] for term in evaluation.terms):
        if spans and spans[-1][1] == column - 1:
            spans[-1][1] = column
        else:
            spans.append([column, column])
    ends = ((a1(evaluation.row, first), a1(evaluation.row, last)) for first, last in spans)
    where = f" ({tab.workbook})" if tab.workbook else ""
    return ", ".join(f"{tab.name}!{first}" + (f":{last}" if last != first else "") + where for first, last in ends)


def mean_lines(
    row: Mapping[str, Any],
    terms: Sequence[EvaluationTerms],
    criteria: Sequence[Criterion],
    layout_of: Callable[[str], TabLayout],
    what: str,
    source: str,
) -> Iterator[Line]:
    """The mean of each criterion, that of the notes, which is called `what`, and their spread: those of `row`."""
    counted = [evaluation for evaluation in terms if evaluation.note is not None]
    for place, criterion in enumerate(criteria):
        used = [(term, term.terms[place].value) for term in counted if term.terms[place].value is not None]
        places = (layout_of(term.source).reference(criterion.id, term.row) for term, _ in used)
        cells = ", ".join(filter(None, places))
        yield explanation_line(
            f"Moyenne « {criterion.label} »", number_or_none(row[criterion.id]), _mean([v for _, v in used]), cells
        )
    notes = [term.note for term in counted]
    cells = ", ".join(_scores(term, layout_of(term.source)) for term in counted)
    yield explanation_line(what, number_or_none(row["note"]), _mean(notes), cells, source)
    yield explanation_line("Écart-type", number_or_none(row["stdev"]), _spread(notes), cells)


def _mean(values: list[float | None]) -> str:
    if not values:
        return "aucune évaluation ne compte"
    return f"({' + '.join(_note(value) for value in values)}) / {len(values)}"


def _spread(notes: list[float | None]) -> str:
    if len(notes) < 2:
        return "au moins deux évaluations sont nécessaires"
    return f"écart-type d’échantillon de {' ; '.join(_note(note) for note in notes)}"


def _note(value: float | None) -> str:
    return number(round(value or 0, 4))


_RULES_OF_CONDITIONS = {Condition.FEW_REVIEWS: "scoring.min_reviews", Condition.TO_REVIEW: "eligibility.required"}


def explain_rank(numero: str, reading: Reading, results: Results) -> list[Line]:
    """Lines on the rank of a dossier: eligibility, note of each evaluation, means, rank, sensitivity."""
    campaign, source_of = reading.campaign, rule_sources(reading)
    row = row_of(results.of(SCORES).ranking, numero)
    terms = note_terms(
        numero, results.of(SCORES).evaluated, results.of(SCORES).evaluations, campaign.criteria, campaign.scoring
    )
    scale, method = rule_source(source_of, "scoring.min", "criteria.weight"), rule_source(source_of, "ranking.method")
    return [
        dossier_eligibility_line(numero, reading, results, source_of),
        *(evaluation_line(term, reading.layout_of(term.source), scale) for term in terms),
        *mean_lines(row, terms, campaign.criteria, reading.layout_of, "Note /20 du dossier", method),
        *_place(row, reading, results, source_of),
    ]


def _place(row: dict[str, Any], reading: Reading, results: Results, source_of: Mapping[str, str]) -> Iterator[Line]:
    campaign = reading.campaign
    ranked = results.of(SCORES).ranking[results.of(SCORES).ranking["rank"].notna()]
    if row["unranked_reason"]:
        yield explanation_line("Rang", None, words.UNRANKED[row["unranked_reason"]])
        return
    above = int((ranked["rank"] < row["rank"]).sum())
    formula = f"{plural(above, 'dossier')} devant, sur {plural(len(ranked), 'classé')}"
    expected = by_expected_rank(campaign.ranking, results.of(SCORES).calibration)
    level = "à rang attendu égal" if expected else "à note égale"
    formula += f" ; {level}, départagé par « {campaign.labels[row['tie_break']]} »" if row["tie_break"] else ""
    formula += " ; ex aequo après départage" if row["tied"] else ""
    yield explanation_line(
        "Rang", int(row["rank"]), formula, "", rule_source(source_of, "ranking.method", "ranking.tie_break")
    )
    places = min(campaign.campaign.target, len(ranked))
    rule = f"{plural(places, 'place')} ; {campaign.ranking.waiting_list} en liste d’attente"
    if campaign.ranking.min_note is not None:
        rule += f" ; note minimale {number(campaign.ranking.min_note)}"
    rule += " ; la majorité des avis compte (pas plus de projets que de places)" if len(ranked) <= places else ""
    rule += " ; toute la zone de délibération est à délibérer" if expected and len(ranked) > places else ""
    reserves, selection = row["proposal_reserves"], results.of(SELECTION)
    rule += " ; sélection sous limites : voir plus bas" if selection is not None else ""
    rule += "".join(f" ; sous réserve : {words.ALERTS[reserve]}" for reserve in reserves)
    keys = ("campaign.target", "ranking.waiting_list", *(_RULES_OF_CONDITIONS[reserve] for reserve in reserves))
    yield explanation_line(
        "Proposition", words.proposal_text(row["proposal"], reserves), rule, "", rule_source(source_of, *keys)
    )
    if selection is not None:
        yield from _selection(row["numero"], reading, selection, source_of)
    for line in explanation_of(row, results, campaign):
        yield explanation_line(line.label, line.value, line.formula, "", rule_source(source_of, *line.rules))


def _selection(numero: str, reading: Reading, selection: Selection, source_of: Mapping[str, str]) -> Iterator[Line]:
    """A line on the state of a dossier in the selection, then one for each limit that it counts in."""
    if numero not in selection.problem.numbers:
        return
    place = selection.problem.numbers.index(numero)
    why = moved_texts(selection).get(numero) or "comme le classement seul"
    maximised = f"{why} ; ce qui est maximisé : {UTILITIES[selection.by]}"
    source = rule_source(source_of, f"{SECTION}.utility")
    yield explanation_line("Sélection", _selection_state(place, selection), maximised, "", source)
    row = int(reading.tables["candidatures"].frame.set_index("numero")["row"][numero])
    totals = selection.problem.totals(selection.outcome.selected)
    for bound, total in zip(selection.problem.bounds, totals, strict=True):
        if place not in bound.members:
            continue
        if bound.limit == ENVELOPE:
            weight = int(bound.weights[bound.members == place][0])
            text = f"les retenus en prennent {money(total / 100)}, sur {money(bound.level / 100)}"
            name = envelope_name(bound.level / 100)
            source = f"{selection.rules.source} ; {rule_source(source_of, f'{SECTION}.envelope')}"
            yield explanation_line(name, weight / 100, text, "", source)
        elif bound.limit >= 0:
            limit = selection.limits[bound.limit]
            text = f"{total} retenus sur {bound.level} {'au moins' if bound.at_least else 'au plus'}"
            cell = _limit_cell(limit, row, reading)
            yield explanation_line(
                limit_name(limit), bound.value, text, cell, _limit_source(bound.limit, limit, source_of)
            )


def _selection_state(place: int, selection: Selection) -> str:
    if selection.outcome.selected[place]:
        return "retenu"
    return f"réserve {selection.reserve.index(place) + 1}" if place in selection.reserve else "non retenu"


def _limit_cell(limit: LimitInForce, row: int, reading: Reading) -> str:
    tab = reading.layout.tabs["candidatures"]
    return reference(tab.tab, row, limit.column.column, by_id=tab.rows_have_ids)


def _limit_source(place: int, limit: LimitInForce, source_of: Mapping[str, str]) -> str:
    typed = [source_of[key] for name in ("min", "max") if (key := f"{SECTION}.limits.{place}.{name}") in source_of]
    return " ; ".join((limit.rule.source, *typed))
