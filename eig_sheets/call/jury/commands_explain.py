"""`jury assign --explain`: who reviews a dossier, or what another jury reviews, and why no other juror does."""

from __future__ import annotations

from typing import Any

from eig_sheets.call.jury.assignments import recorded_assignments
from eig_sheets.call.jury.commands_records import number_key
from eig_sheets.call.jury.dossiers import DOSSIERS
from eig_sheets.call.jury.explain import AssignmentExplanation, explain_assignment
from eig_sheets.call.scoring.commands_rank import refuse_unknown_dossier
from eig_sheets.campaign.explanation_lines import EXPLANATION, Line, explanation_line
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.recusals import juror_names
from eig_sheets.campaign.reviews.subjects import ReviewSubject
from eig_sheets.cli.output import show, show_object
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.text.french import listed, plural, typographic
from eig_sheets.workbook.quoting import did_you_mean


def print_assignment_explanation(
    session: Session, reading: Reading, subject: ReviewSubject, number: str, form: str
) -> None:
    """Print why each juror reads it or not; nothing is written. Raises Refusal when the jury does not read it."""
    _refuse_unread(reading, subject, number)
    recorded = recorded_assignments(reading, session.state.load_last_run(), subject)
    with session.step(f"Répartition des {subject.words.plural}"):
        explanation = explain_assignment(number, reading, recorded, subject)
    if form == "json":
        show_object(_record(explanation, subject))
    else:
        show(EXPLANATION, _lines(explanation, reading, subject), form)
    if explanation.unmet:
        command = f"eig-sheets {subject.words.command} --dry-run"
        session.say(typographic(f"Tout ne peut pas être tenu : « {command} » dit le moins qu’il faille relâcher."))


def _refuse_unread(reading: Reading, subject: ReviewSubject, number: str) -> None:
    known = [*reading.valid_rows(subject.tab)[subject.key]]
    if subject is DOSSIERS:
        refuse_unknown_dossier(number, known, reading)
    elif number not in known:
        raise Refusal(subject.words.unknown.format(number=number, hint=did_you_mean(number, known)))
    if number not in subject.numbers(reading):
        command = f"eig-sheets {subject.words.explained} {number}"
        raise Refusal(
            typographic(f"Le jury ne note pas le {subject.words.singular} {number} : « {command} » dit pourquoi.")
        )


def _record(explanation: AssignmentExplanation, subject: ReviewSubject) -> dict[str, Any]:
    """Its JSON is a contract: addresses of jurors; `asked` is the number of readers, by `source`."""
    return {
        number_key(subject): explanation.number,
        "recorded": explanation.recorded,
        "asked": explanation.asked,
        "source": explanation.source,
        "readers": [{"juror": reader.juror, "reasons": [*reader.reasons]} for reader in explanation.readers],
        "others": [{"juror": juror.juror, "reason": juror.reason} for juror in explanation.others],
    }


def _lines(explanation: AssignmentExplanation, reading: Reading, subject: ReviewSubject) -> list[Line]:
    """How many readers are asked for, each of them, then the other jurors by reason."""
    names, tab = juror_names(reading), reading.schema.robot_tabs[subject.assigned]
    count = plural(len(explanation.readers), "lecteur")
    where = f"{count} dans {tab}" if explanation.recorded else f"rien dans {tab} : {count} à proposer"
    lines = [
        explanation_line("Lecteurs demandés", explanation.asked, where, "", explanation.source),
        *(
            explanation_line("Lecteur", names.get(reader.juror, reader.juror), " ; ".join(reader.reasons), reader.cells)
            for reader in explanation.readers
        ),
    ]
    for reason in dict.fromkeys(other.reason for other in explanation.others):
        same = [other for other in explanation.others if other.reason == reason]
        jurors = listed(names.get(other.juror, other.juror) for other in same)
        cells = ", ".join(filter(None, (other.cells for other in same)))
        lines.append(explanation_line("Ne lit pas", jurors, reason, cells))
    return lines
