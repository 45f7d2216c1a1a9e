"""The report of a live check, in French: which behaviours are asked for, what became of each, how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from eig_sheets.text.french import typographic
from live_behaviours.behaviour import Outcome, Verdict


class Described(Protocol):
    """What is told of a behaviour, whatever service it is of."""

    @property
    def expected(self) -> str:
        """It, in one sentence."""

    @property
    def source(self) -> str:
        """The modules that rely on it."""

    @property
    def otherwise(self) -> str:
        """What breaks if it is refuted."""


Some = TypeVar("Some", bound=Described)


def asked(behaviours: Iterable[Some], words: Sequence[str]) -> list[Some]:
    """The behaviours that have one of these words; all of them without any."""
    return [
        behaviour
        for behaviour in behaviours
        if not words or any(word.casefold() in behaviour.expected.casefold() for word in words)
    ]


def report_text(behaviour: Described, result: Outcome) -> str:
    """The report on one check."""
    lines = [f"{result.verdict:<15}{behaviour.expected}.", f"{'':15}Vu : {result.seen}"]
    if result.verdict is not Verdict.CONFIRMED:
        lines += [f"{'':15}Sinon : {behaviour.otherwise}.", f"{'':15}Code : {behaviour.source}"]
    return "\n".join(lines)


def table(behaviours: Iterable[Described]) -> str:
    """Markdown: each behaviour, in the order in which they are checked; the check says what its refutation changes."""
    return "\n".join(["| ce qui est attendu |", "|---|", *(f"| {behaviour.expected} |" for behaviour in behaviours)])


def counts_text(found: Counter[Verdict]) -> str:
    """How often each verdict came: « 11 confirmés, 0 infirmé, 1 non vérifiable. »."""
    return ", ".join(f"{found[verdict]} {verdict}{'s' if found[verdict] > 1 else ''}" for verdict in Verdict) + "."


def say(text: str) -> None:
    """Print French, at once."""
    print(typographic(text), flush=True)
