"""`jury schedule --explain`: the slot of one dossier, who is expected, and where else it could be heard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from eig_sheets.campaign.audition_rows import planned_rows, standing
from eig_sheets.campaign.auditions import Auditions
from eig_sheets.campaign.explain_audition import explain_audition
from eig_sheets.campaign.explanation_lines import EXPLANATION
from eig_sheets.campaign.reading import Reading
from eig_sheets.cli.output import show
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.results import refuse_unknown_dossier
from eig_sheets.cli.session import Session
from eig_sheets.domain.timetable.candidates import Mode
from eig_sheets.domain.timetable.problem import Placement
from eig_sheets.sync.auditions import proposed
from eig_sheets.text.french import typographic
from eig_sheets.workbook.render.planning_auditions import NO_TIMETABLE


def print_audition_explanation(
    session: Session, reading: Reading, auditions: Auditions, numero: str, form: str
) -> None:
    """Print where the audition of a dossier comes from; nothing is written. Raises Refusal when it has none to hold."""
    _refuse_unheard(reading, auditions, numero)
    placements, reasons = _timetable(session, reading, auditions, numero)
    rows = {row.numero: row for row in planned_rows(reading, auditions, placements, reasons)}
    show(EXPLANATION, explain_audition(numero, reading, auditions, placements, rows[numero]), form)


def _timetable(
    session: Session, reading: Reading, auditions: Auditions, numero: str
) -> tuple[Sequence[Placement], Mapping[str, str]]:
    """The timetable that stands, else the one that would be proposed; and why dossiers have no slot."""
    placements = standing(auditions)
    is_placed = any(placement.numero == numero for placement in placements)
    if is_placed or auditions.recorded != NO_TIMETABLE or numero in auditions.unreadable:
        return placements, auditions.recorded.reasons
    with session.step("Calcul du planning"):
        schedule = proposed(reading, auditions, Mode.PROPOSE)
    session.say(typographic("Rien n’est encore dans Planning des auditions : voici ce qui serait proposé."))
    return schedule.timetable.placements, schedule.reasons


def _refuse_unheard(reading: Reading, auditions: Auditions, numero: str) -> None:
    refuse_unknown_dossier(numero, [*reading.valid_rows("candidatures")["numero"]], reading)
    if numero not in {*(hearing.numero for hearing in auditions.problem.hearings), *auditions.unreadable}:
        raise Refusal(
            typographic(
                f"Le dossier {numero} n’est pas à entendre : il n’est pas « Présélectionné », ou il est écarté, retiré "
                "ou décidé."
            )
        )
