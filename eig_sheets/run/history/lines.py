"""The lines of `history diff`: what changed between two runs, in French, with today's cells where they are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from eig_sheets.run.history.content import TAB
from eig_sheets.run.history.edits import Edit, Subject
from eig_sheets.run.history.moves import Cause, Move
from eig_sheets.text.french import listed, listed_first, number, typographic
from eig_sheets.workbook import words

Line = Mapping[str, Any]

SUBJECTS: Final[Mapping[Subject, str]] = {
    Subject.DOSSIER: "dossier",
    Subject.ANSWER: "réponse",
    Subject.OFFICERS: "saisie de l’équipe",
    Subject.REVIEW: "note",
    Subject.ELIGIBILITY: "recevabilité",
    Subject.RANK: "rang",
    Subject.MONEY: "co-financement",
    Subject.RULE: "règle",
}
_FIELDS: Final = (Subject.ANSWER, Subject.OFFICERS)
_HIDDEN: Final = "valeur non conservée"
_STATED: Final = {"deport": "Déport", "coup_de_coeur": "Coup de cœur", "avis": "Avis"}
_MONEY: Final = {"status": "Statut", "route": "Voie", "amount_min": "Montant minimum", "amount_max": "Montant maximum"}


class Place(NamedTuple):
    """Where an evaluation is in the workbook of today: the address of the juror, the tab by its id, the row."""

    juror: str
    tab: str
    row: int


@dataclass(frozen=True)
class Names:
    """The words of the workbook of today: headers by field, labels by criterion; and where things are in it.

    `rows`: the row of each dossier; `places`: of each evaluation, by dossier and pseudonym. `reference`: the name of a
    cell, of a tab's id, a field and a row.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    reference: Callable[[str, str, int], str] = lambda *_: ""


def line_of(edit: Edit, names: Names) -> Line:
    """The line of something that people changed."""
    before, after = (_value(edit, value) for value in (edit.before, edit.after))
    place = names.places.get((edit.dossier, edit.juror))
    why = ""
    if edit.hidden:
        why = typographic(f"A changé ; {_HIDDEN} : elle pourrait être personnelle.")
    elif edit.juror and place is None:
        why = typographic(f"Juré que le classeur ne nomme plus ({edit.juror}).")
    juror, cell = place.juror if place else "", _cell(edit, place, names)
    return _line(edit.subject, edit.dossier, _what(edit, names)) | {
        "from": before,
        "to": after,
        "when": edit.when or None,
        "juror": juror or None,
        "cell": cell or None,
        "why": why,
    }


def _line(subject: Subject, dossier: str, what: str) -> dict[str, Any]:
    blank = dict.fromkeys(("from", "to", "when", "juror", "cell", "why"))
    return {"kind": SUBJECTS[subject], "dossier": dossier or None, "what": what, **blank}


def _cell(edit: Edit, place: Place | None, names: Names) -> str:
    if edit.subject in _FIELDS and edit.dossier in names.rows:
        return names.reference(TAB, edit.what, names.rows[edit.dossier])
    return names.reference(place.tab, edit.what or "jure", place.row) if place else ""


def _what(edit: Edit, names: Names) -> str:
    match edit.subject:
        case Subject.DOSSIER:
            return "nouveau dossier" if edit.before is None else "dossier retiré"
        case Subject.ANSWER | Subject.OFFICERS:
            return names.headers.get(edit.what, edit.what)
        case Subject.REVIEW if not edit.what:
            return "nouvelle évaluation" if edit.before is None else "évaluation retirée"
        case Subject.REVIEW:
            return _STATED.get(edit.what) or names.labels.get(edit.what, edit.what)
        case Subject.MONEY:
            return _MONEY[edit.what]
        case _:
            return edit.what


def _value(edit: Edit, value: Any) -> Any:
    if edit.subject is Subject.DOSSIER or (edit.subject is Subject.REVIEW and not edit.what):
        return None
    if edit.subject is Subject.ELIGIBILITY:
        return words.ELIGIBILITY.get(value, value)
    if edit.subject is Subject.MONEY and edit.what == "status":
        return words.COFINANCING.get(value, value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return listed(map(str, value)) if isinstance(value, list) else value


def rank_line(move: Move, changed: Mapping[str, Sequence[str]]) -> Line:
    """The line of a rank that changed, and why. `changed`: the numbers of the dossiers that each cause is about."""
    why = "".join(f"{_step(move, step, changed)}. " for step in move.steps).strip()
    line = _line(Subject.RANK, move.dossier, "Rang")
    return line | {"from": move.before, "to": move.after, "why": typographic(why)}


def _step(move: Move, step: tuple[Cause, int | None, int | None], changed: Mapping[str, Sequence[str]]) -> str:
    cause, before, after = step
    return f"{_because(cause, move, changed)} : {_rank(before)} → {_rank(after)}"


def _because(cause: Cause, move: Move, changed: Mapping[str, Sequence[str]]) -> str:
    match cause:
        case Cause.PROGRAM:
            return "Une autre version du programme"
        case Cause.RULES:
            return f"Règles changées ({listed_first(changed['rules'])})" if changed["rules"] else "Règles changées"
        case Cause.DOSSIERS if move.dossier in changed["dossiers"]:
            return f"Son éligibilité, sa présélection ou sa décision{_ranked(move)}"
        case Cause.DOSSIERS:
            return f"D’autres dossiers, classés ou non ({listed_first(changed['dossiers'])})"
        case Cause.REVIEWS if move.dossier in changed["reviews"]:
            return f"Ses notes{_note(move)}"
        case Cause.REVIEWS:
            return f"Les notes d’autres dossiers ({listed_first(changed['reviews'])})"
        case _:
            return "Cette version du programme ne sait pas recalculer l’un des deux classements"


def _ranked(move: Move) -> str:
    code = move.codes[1] or move.codes[0]
    return f" ({words.UNRANKED.get(code, code).lower()})" if code else ""


def _note(move: Move) -> str:
    before, after = move.notes
    if before == after:
        return ""
    return f" (note {' → '.join('aucune' if note is None else number(note, 2) for note in (before, after))})"


def _rank(rank: int | None) -> str:
    return "non classé" if rank is None else str(rank)


def causes(edits: Sequence[Edit]) -> dict[str, list[str]]:
    """The changed dossiers, by number, and rules, by key, for each thing that moves ranks."""
    return {
        "rules": [edit.what for edit in edits if edit.subject is Subject.RULE],
        "dossiers": _numbers(edits, Subject.DOSSIER, Subject.ELIGIBILITY),
        "reviews": _numbers(edits, Subject.REVIEW),
    }


def _numbers(edits: Sequence[Edit], *subjects: Subject) -> list[str]:
    return [*dict.fromkeys(edit.dossier for edit in edits if edit.subject in subjects)]
