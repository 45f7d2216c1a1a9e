"""The choices that candidates sent by a form: whose each answer is, which one counts, the projects that it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final

import pandas as pd

from eig_sheets.domain.decisions import LAUREATE
from eig_sheets.features.talents.settings import WISHES
from eig_sheets.text.french import plain

MOST_WISHES: Final = len(WISHES)
"""Règlement, 5: three projects at most, in order."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, as one version of it was received: texts as they were typed, '' where there is none.

    `number` names it on the platform. `moment`: when the person gave it, naive, in the campaign's zone, to the minute.
    """

    number: str
    moment: datetime
    candidature: str = ""
    email: str = ""
    choices: tuple[str, ...] = ("",) * MOST_WISHES

    @property
    def key(self) -> tuple[str, datetime]:
        """What names a version."""
        return self.number, self.moment


class Standing(StrEnum):
    """What becomes of an answer."""

    COUNTS = "counts"
    REPLACED = "replaced"
    LATE = "late"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True, slots=True)
class JudgedAnswer:
    """An answer, the candidate whose it is ('' when nobody can tell) and what becomes of it.

    `wishes`: the dossier that each choice names, '' where there is none. `unknown`: the places, from 1, of the choices
    that name no project, or several.
    """

    answer: Answer
    candidate: str
    standing: Standing
    wishes: tuple[str, ...]
    unknown: tuple[int, ...] = ()


def judged(
    answers: Sequence[Answer], candidates: pd.DataFrame, projects: pd.DataFrame | None, deadline: datetime | None
) -> list[JudgedAnswer]:
    """Every answer, by moment then number. Of a candidate, the last one until the deadline counts.

    `candidates`: candidature, email. `projects`: numero, projet, decision; a choice is the number of any of them, or
    the name of one laureate alone, whatever its case and accents; None when they are not known, and then a number is
    believed. `deadline` to the minute, none for no end.
    """
    people, named = _People(candidates), _Projects(projects)
    known = [(answer, *people.whose(answer)) for answer in sorted(answers, key=_order)]
    last = {who: answer.key for answer, who, why in known if why is None and not _is_late(answer, deadline)}
    done = []
    for answer, who, why in known:
        read = [named.number_of(choice) for choice in answer.choices]
        chosen = zip(answer.choices, read, strict=True)
        unknown = tuple(place for place, (choice, number) in enumerate(chosen, 1) if choice and not number)
        done.append(JudgedAnswer(answer, who, why or _standing(answer, last.get(who), deadline), tuple(read), unknown))
    return done


def _standing(answer: Answer, last: object, deadline: datetime | None) -> Standing:
    if _is_late(answer, deadline):
        return Standing.LATE
    return Standing.COUNTS if answer.key == last else Standing.REPLACED


def last_moment(deadline: datetime | date | None) -> datetime | None:
    """The last minute of what the configuration says: of a day without an hour, 23:59."""
    if deadline is None or isinstance(deadline, datetime):
        return deadline
    return datetime.combine(deadline, time(23, 59))


def _order(answer: Answer) -> tuple[datetime, int, str]:
    digits = "".join(filter(str.isdigit, answer.number))
    return answer.moment, int(digits or 0), answer.number


def _is_late(answer: Answer, deadline: datetime | None) -> bool:
    return deadline is not None and answer.moment.replace(second=0, microsecond=0) > deadline


def _number(text: object) -> str:
    """A number as it is compared: « n° 12 345 » is « 12345 »."""
    return plain(str(text)).removeprefix("numero ").replace(" ", "")


class _People:
    """Candidates, by number and by address."""

    def __init__(self, candidates: pd.DataFrame) -> None:
        self._numbers: dict[str, str] = {}
        self._addresses: dict[str, list[str]] = {}
        for number, address in candidates[["candidature", "email"]].itertuples(index=False):
            if isinstance(number, str):
                self._numbers[_number(number)] = number
                if isinstance(address, str):
                    self._addresses.setdefault(address.strip().casefold(), []).append(number)

    def whose(self, answer: Answer) -> tuple[str, Standing | None]:
        """The candidate, or why nobody can tell: the number says it, else the address; the two may not disagree."""
        by_number = self._numbers.get(_number(answer.candidature)) if answer.candidature else None
        by_address = self._addresses.get(answer.email.strip().casefold(), []) if answer.email else []
        if by_number is not None:
            other = bool(by_address) and by_number not in by_address
            return ("", Standing.AMBIGUOUS) if other else (by_number, None)
        if len(by_address) > 1:
            return "", Standing.AMBIGUOUS
        return (by_address[0], None) if by_address else ("", Standing.UNKNOWN)


class _Projects:
    """Projects, by number and by the name of laureates."""

    def __init__(self, projects: pd.DataFrame | None) -> None:
        self._numbers: dict[str, str] | None = None if projects is None else {}
        self._names: dict[str, set[str]] = {}
        if projects is not None and self._numbers is not None:
            for number, name, decision in projects[["numero", "projet", "decision"]].itertuples(index=False):
                if isinstance(number, str):
                    self._numbers[_number(number)] = number
                    if decision == LAUREATE and isinstance(name, str):
                        self._names.setdefault(plain(name), set()).add(number)

    def number_of(self, choice: str) -> str:
        """The number of the project that a choice names; '' when there is none, or more than one."""
        if not choice:
            return ""
        if self._numbers is None:
            return _number(choice) if _number(choice).isdigit() else ""
        named: set[str] = self._names.get(plain(choice), set())
        return self._numbers.get(_number(choice)) or (next(iter(named)) if len(named) == 1 else "")


def filled(talents: pd.DataFrame, counting: Mapping[str, JudgedAnswer]) -> pd.DataFrame:
    """The table of candidates with the choices that count, where people typed none: all three come from one place.

    `talents`: candidature, voeu_1..voeu_3, voeux_le.
    """
    blank = talents[[*WISHES]].isna().all(axis=1) & talents["candidature"].isin([*counting])
    if not blank.any():
        return talents
    done = talents.copy()
    known = [counting[number] for number in done.loc[blank, "candidature"]]
    for place, column in enumerate(WISHES):
        values = done[column].astype(object)
        values[blank] = [answer.wishes[place] or None for answer in known]
        done[column] = values
    if "voeux_le" in done:
        undated = blank & done["voeux_le"].isna()
        moments = [counting[number].answer.moment for number in done.loc[undated, "candidature"]]
        done.loc[undated, "voeux_le"] = pd.to_datetime(pd.Series(moments, done.index[undated], dtype="datetime64[us]"))
    return done
