"""Names the unreadable cells on which a command's answer rests: at its end, and in its JSON (guarantee G13)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import click

from eig_sheets.campaign.dependencies import AnyAct
from eig_sheets.campaign.doubts import Doubt, doubts_of
from eig_sheets.campaign.reviews.subjects import ReviewSubject, review_subjects
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.cli.terminal import echo
from eig_sheets.run import anomalies_tab
from eig_sheets.text.french import listed_first, plural, typographic
from eig_sheets.workbook.table import Col, Table

_TABLE: Final = Table[Doubt](
    *anomalies_tab.TABLE.over(lambda doubt: doubt.anomaly),
    Col("meanwhile", value=lambda doubt: doubt.meanwhile or None),
)
_ACTS: Final = "eig_sheets.acts"


@contextmanager
def naming_doubts(
    context: click.Context, acts: Sequence[AnyAct], of_other_jury: Callable[[ReviewSubject], AnyAct] | None
) -> Iterator[None]:
    """Name, at the end of a command, each cell that its acts rest on and that is in doubt.

    `of_other_jury`: the act that it does instead in the workbook of what another jury reviews.
    """
    context.meta[_ACTS] = acts, of_other_jury
    try:
        yield
    except Refusal as refusal:
        if refusal.by_data:
            _say(context)
        raise
    except click.exceptions.Exit:
        _say(context)
        raise
    _say(context)


def doubts_key() -> dict[str, Any]:
    """The key `doubts` of the command's JSON object: the records of `check`, and what is done meanwhile."""
    return {"doubts": _TABLE.records(_doubts(click.get_current_context()))}


def _say(context: click.Context) -> None:
    """Print them without the values of the cells: logs hold nothing of people (guarantee G11)."""
    session = context.find_object(Session)
    doubts = () if session is None or session.quiet else _doubts(context)
    if doubts:
        count = plural(len(doubts), "cellule à corriger, dont dépend", "cellules à corriger, dont dépend")
        lines = "\n".join(f"• {doubt.sentence}" for doubt in doubts)
        echo(typographic(f"{count} cette réponse :\n{lines}"), err=True)


def _doubts(context: click.Context) -> tuple[Doubt, ...]:
    session = context.find_object(Session)
    if session is None:
        return ()
    acts, of_other_jury = context.meta.get(_ACTS, ((), None))
    if of_other_jury is not None and session.talents:
        acts = [of_other_jury(subject) for subject in review_subjects(session.campaign)[1:]]
    return doubts_in(session, acts)


def doubts_in(session: Session, acts: Iterable[AnyAct]) -> tuple[Doubt, ...]:
    """The doubts in the last readings of this workbook and of the other one, as far as they concern these acts."""
    doubts: dict[tuple[str, str, str], Doubt] = {}
    for workbook in session.used:
        for doubt in doubts_of(*workbook.listed, *acts) if workbook.listed is not None else ():
            doubts.setdefault((doubt.workbook, doubt.place, doubt.anomaly.message), doubt)
    return tuple(doubts.values())


def doubts_line(session: Session, acts: Iterable[AnyAct]) -> str:
    """The cells alone, for an answer where there is little room: `Anomalies` says what to do; '' without any."""
    doubts = doubts_in(session, acts)
    cells = listed_first([doubt.place for doubt in doubts], "autre cellule", "autres cellules")
    return f"À corriger, dont dépend cette réponse : {cells}. L’onglet Anomalies dit que faire." if doubts else ""
