"""French texts about a timetable of auditions: which constraint is broken, and what would make room for a dossier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from eig_sheets.domain.hours import Span
from eig_sheets.features.auditions.rules_problem import Broken, Constraint
from eig_sheets.features.auditions.rules_relaxations import Relaxation
from eig_sheets.text.french import NARROW, day, listed, moment, plural
from eig_sheets.workbook.quoting import CUT

Names = Mapping[str, str]
"""The name of each juror, by address."""

_SENTENCES: Final = {
    Constraint.DAY: "ce n’est pas un jour d’auditions",
    Constraint.HOURS: "c’est hors des heures d’auditions",
    Constraint.BREAK: "c’est pendant une pause",
    Constraint.GROUP: "le dossier {who} est entendu en même temps",
    Constraint.PARALLEL: "plus de groupes que prévu entendent en même temps",
    Constraint.PORTEUR: "{who} est attendu ailleurs à la même heure",
    Constraint.AVAILABILITY: "{who} n’est pas disponible",
    Constraint.RECUSAL: "{who} se déporte",
    Constraint.QUORUM: "trop peu de jurés peuvent l’entendre",
}
NO_ROOM: Final = (
    "Aucun créneau ne reste : ajoutez une demi-journée à auditions.days, dans la configuration, ou un groupe de jurés."
)
"""The reason of a dossier for which no relaxation was found."""
ALL_PAST: Final = "Les jours d’auditions sont passés : ajoutez-en un à auditions.days, dans la configuration."


def broken_sentence(broken: Broken, names: Names) -> str:
    """The sentence of a broken constraint of an audition, without its dossier."""
    return _SENTENCES[broken.constraint].format(who=names.get(broken.who or "", broken.who))


def reason_of(relaxation: Relaxation, names: Names) -> str:
    """Why a dossier has no audition, and what would make room for it."""
    if relaxation.undecided:
        return f"{NO_ROOM} {CUT}"
    if relaxation.placement is None:
        return NO_ROOM
    span, group = relaxation.placement.span, relaxation.placement.group
    conditions = [*_conditions(relaxation, span, names, f"le groupe {group}" if group else "le jury")]
    lacking = relaxation.coming or relaxation.joining
    why = "Trop peu de jurés pour l’entendre" if lacking and not relaxation.longer else "Aucun créneau ne reste"
    return f"{why} : il aurait une place {listed(conditions)}."


def _conditions(relaxation: Relaxation, span: Span, names: Names, group: str) -> Sequence[str]:
    conditions = []
    if relaxation.longer:
        conditions.append(f"si les auditions du {day(span.start)} duraient jusqu’à {hour(span)}")
    if relaxation.coming:
        jurors = listed(names.get(juror, juror) for juror in relaxation.coming)
        verb = "était disponible" if len(relaxation.coming) == 1 else "étaient disponibles"
        conditions.append(f"si {jurors} {verb} le {moment(span.start)}, jusqu’à {hour(span)}")
    if relaxation.joining:
        conditions.append(f"s’il y avait {plural(relaxation.joining, 'juré')} sans déport de plus dans {group}")
    return conditions


def hour(span: Span) -> str:
    """18 h 20: when an audition ends."""
    minutes = f"{NARROW}{span.end.minute:02d}" if span.end.minute else ""
    return f"{span.end.hour}{NARROW}h{minutes}"
