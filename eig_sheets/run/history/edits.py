"""What people changed between two runs, as codes: dossiers that came or went, fields, evaluations; and the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from eig_sheets.run.history.content import Content
from eig_sheets.run.history.moves import When
from eig_sheets.workbook.fields import Choices
from eig_sheets.workbook.tabs import candidatures


class Subject(StrEnum):
    """What changed."""

    DOSSIER = "dossier"
    ANSWER = "reponse"
    OFFICERS = "equipe"
    """What officers typed beside the answers of an applicant: a decision, a comment. No deadline bears on it."""
    REVIEW = "note"
    ELIGIBILITY = "recevabilite"
    RANK = "rang"
    MONEY = "cofinancement"
    RULE = "regle"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change. `what`: a field, a criterion, the key of a rule; '' for the whole. `juror`: a pseudonym.

    `hidden`: the value is kept as a digest, so that only that it changed is known. `before` None: it was not there.
    """

    subject: Subject
    dossier: str
    what: str
    before: Any
    after: Any
    when: When = When.NO_DEADLINE
    juror: str = ""
    hidden: bool = False


_OFFICERS_FIELDS: Final = frozenset(field.id for field in candidatures(Choices()).fields if not field.asked)
_STATED: Final = ("deport", "coup_de_coeur", "avis")
_RULES: Final = ("criteria", "call", "ranking_rules", "scoring_rules")


def dossiers(before: Content, after: Content) -> Iterator[Edit]:
    """The dossiers that were added, and those that were removed."""
    old, new = (dict.fromkeys(dossier["numero"] for dossier in content["dossiers"]) for content in (before, after))
    yield from (Edit(Subject.DOSSIER, numero, "", None, numero) for numero in new if numero not in old)
    yield from (Edit(Subject.DOSSIER, numero, "", numero, None) for numero in old if numero not in new)


def answers(before: Content, after: Content, when: When) -> Iterator[Edit]:
    """The answers of applicants that differ, of dossiers that both runs have."""
    return (replace(edit, when=when) for edit in _fields(before, after) if edit.subject is Subject.ANSWER)


def officers(before: Content, after: Content) -> Iterator[Edit]:
    """What officers typed beside the answers, and that differs."""
    return (edit for edit in _fields(before, after) if edit.subject is Subject.OFFICERS)


def _fields(before: Content, after: Content) -> Iterator[Edit]:
    """The fields that differ. Digests of two keys cannot be compared: these are then left out."""
    same_key = before["key"] == after["key"]
    for numero, old in before["answers"].items():
        new = after["answers"].get(numero, old)
        for field in dict.fromkeys((*old, *new)):
            earlier, later = old.get(field), new.get(field)
            hidden = isinstance(earlier, list) or isinstance(later, list)
            if earlier != later and (same_key or not hidden):
                subject = Subject.OFFICERS if field in _OFFICERS_FIELDS else Subject.ANSWER
                yield Edit(subject, numero, field, _shown(earlier), _shown(later), hidden=hidden)


def _shown(value: Any) -> Any:
    return None if isinstance(value, list) else value


def reviews(before: Content, after: Content, when: When) -> Iterator[Edit]:
    """Evaluations that were added, removed or changed; none where the keys of the pseudonyms differ."""
    if before["key"] != after["key"]:
        return
    old, new = _review_edits(before), _review_edits(after)
    for place in dict.fromkeys((*old, *new)):
        numero, juror = place
        for edit in _review(numero, old.get(place), new.get(place)):
            yield replace(edit, when=when, juror=juror)


def _review_edits(content: Content) -> dict[tuple[str, str], Mapping[str, Any]]:
    """What each juror said of each dossier: scores by criterion, then the rest."""
    jurors, criteria = content["jurors"], [criterion["id"] for criterion in content["criteria"]]
    return {
        (review["numero"], jurors[review["jure"]]): {
            **{name: "NSP" if review[f"{name}_nsp"] else review[name] for name in criteria},
            **{name: review[name] for name in _STATED},
        }
        for review in content["evaluations"]
    }


def _review(numero: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> Iterator[Edit]:
    if old is None or new is None:
        yield Edit(Subject.REVIEW, numero, "", None if old is None else True, None if new is None else True)
        return
    for name in dict.fromkeys((*old, *new)):
        earlier, later = old.get(name), new.get(name)
        if (earlier or None) != (later or None):
            yield Edit(Subject.REVIEW, numero, name, earlier, later)


def eligibility(before: Content, after: Content) -> Iterator[Edit]:
    """The dossiers of both runs whose eligibility differs."""
    old, new = (
        {dossier["numero"]: dossier["status"] for dossier in content["dossiers"]} for content in (before, after)
    )
    for numero, status in old.items():
        if new.get(numero, status) != status:
            yield Edit(Subject.ELIGIBILITY, numero, "", status, new[numero])


def money(before: Content, after: Content) -> Iterator[Edit]:
    """The differences in the co-financing of the dossiers of both runs."""
    for numero, old in before["cofinancing"].items():
        new = after["cofinancing"].get(numero, old)
        yield from (
            Edit(Subject.MONEY, numero, name, old[name], new[name]) for name in old if old[name] != new.get(name)
        )


def rules(before: Content, after: Content) -> Iterator[Edit]:
    """The rules of the ranking that differ, by their keys in the configuration."""
    old, new = _flat_rules(before), _flat_rules(after)
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) != new.get(name):
            yield Edit(Subject.RULE, "", name, old.get(name), new.get(name))


def _flat_rules(content: Content) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for section in _RULES:
        rows = content[section]
        values = {criterion["id"]: criterion["weight"] for criterion in rows} if section == "criteria" else rows
        flat |= {f"{section.removesuffix('_rules')}.{name}": value for name, value in values.items()}
    return flat
