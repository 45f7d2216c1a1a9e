"""Explanation of notes: that of each evaluation, their means, their spread, each with its cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from eig_sheets.campaign.explanation_lines import Line, explanation_line, number_or_none
from eig_sheets.domain.explain import EvaluationTerms
from eig_sheets.domain.rules import Criterion
from eig_sheets.domain.scoring import EvaluationStatus
from eig_sheets.text.french import number
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.model.cells import a1

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
