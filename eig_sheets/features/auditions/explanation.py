"""Explanation of one audition: its slot, who is expected, which constraints bind, where else it could be. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from eig_sheets.campaign.explanation_lines import Line, cells_in, explanation_line, rule_source, rule_sources
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.recusals import juror_names
from eig_sheets.domain.hours import Span
from eig_sheets.features.auditions.auditions import PORTEURS, Auditions
from eig_sheets.features.auditions.rules_candidates import Alternatives, Costs, Criterion, alternatives
from eig_sheets.features.auditions.rules_problem import Constraint, Group, Hearing, Placement, broken
from eig_sheets.features.auditions.sentences import broken_sentence, hour
from eig_sheets.features.auditions.tab import AuditionStatus, PlannedAudition
from eig_sheets.text.french import moment, plural
from eig_sheets.workbook.cells import sentence

_MOST_TOLD: Final = 5
"""Other slots that are told one by one; the others are only counted."""
_STATUS: Final = {
    AuditionStatus.PROPOSED: "proposé : l’heure n’est pas saisie en « Audition décidée »",
    AuditionStatus.DECIDED: "décidé : l’heure saisie en « Audition décidée » ne bouge pas",
    AuditionStatus.CONVENED: "convoqué : la convocation est partie, l’heure ne bouge pas",
    AuditionStatus.TO_MOVE: "à déplacer : cette heure remplace celle qui est décidée",
}
_OBSTACLES: Final = {
    Constraint.GROUP: "un autre dossier y est entendu",
    Constraint.PORTEUR: "un porteur est attendu ailleurs à cette heure",
    Constraint.PARALLEL: "d’autres groupes entendent déjà, autant qu’il se peut à la fois",
    Constraint.QUORUM: "trop peu de jurés peuvent l’entendre",
}
_COMPARED: Final = {
    Criterion.ABSENT: "{other} au lieu de {own} : jurés qui ne peuvent pas venir",
    Criterion.STRANGERS: "{other} au lieu de {own} : jurés qui l’ont lu et sont d’un autre groupe",
    Criterion.LEAVING: "{other} au lieu de {own} : jurés qui se retirent",
}


def explain_audition(
    numero: str, reading: Reading, auditions: Auditions, placements: Sequence[Placement], row: PlannedAudition
) -> list[Line]:
    """Lines on the audition of a dossier in a timetable; `row`: what the tab says of it."""
    explained = _Audition(numero, reading, auditions, placements)
    return [explained.slot(row), *explained.people(), *explained.constraints(row), *explained.elsewhere()]


class _Audition:
    """One dossier in a timetable: `hearing` is None if its hour cannot be read, `placement` if it has no slot."""

    def __init__(self, numero: str, reading: Reading, auditions: Auditions, placements: Sequence[Placement]) -> None:
        self._numero, self._reading, self._auditions, self._placements = numero, reading, auditions, placements
        self._problem, self._names = auditions.problem, juror_names(reading)
        self._sources = rule_sources(reading)
        hearings: Sequence[Hearing] = self._problem.hearings
        self._hearing = next((hearing for hearing in hearings if hearing.numero == numero), None)
        self._placement = next((placement for placement in placements if placement.numero == numero), None)

    def slot(self, row: PlannedAudition) -> Line:
        """When it is heard and who says so, or why it is not."""
        source = rule_source(self._sources, "auditions.days", "auditions.minutes")
        cell = self._cells("candidatures", "numero", self._numero, "audition")
        if self._placement is None:
            return explanation_line("Créneau", None, sentence(row.remarks) or "", cell, source)
        told = "" if row.status is AuditionStatus.PROPOSED else cell
        return explanation_line("Créneau", self._slot_name(self._placement), _STATUS[row.status], told, source)

    def people(self) -> Iterator[Line]:
        """Who has to be there, and whether they can."""
        for porteur in sorted(self._hearing.porteurs) if self._hearing else ():
            cells = [self._cells("candidatures", field, porteur, field) for field in PORTEURS]
            yield explanation_line("Porteur attendu", porteur, "", ", ".join(filter(None, cells)))
        if self._hearing is None or self._placement is None:
            return
        group, span = self._problem.group_named(self._placement.group), self._placement.span
        for juror in group.jurors:
            yield self._juror(juror, group, span)
        if group.jurors:
            yield self._quorum(group, span)

    def _juror(self, juror: str, group: Group, span: Span) -> Line:
        name, cells = self._names.get(juror, juror), self._cells("jury", "email", juror, "disponibilites")
        if juror in self._problem.recused(self._numero, group):
            return explanation_line("Juré", name, "se retire : il se déporte de ce dossier")
        read = " ; l’a lu" if self._hearing and juror in self._hearing.readers else ""
        if not self._problem.is_available(juror, span):
            return explanation_line("Juré", name, f"n’est pas disponible{read}", cells)
        always = juror not in self._problem.availability
        return explanation_line("Juré", name, f"disponible{read}", "" if always else cells)

    def _quorum(self, group: Group, span: Span) -> Line:
        present = len(self._problem.present(self._numero, group, span))
        text = f"présents, sur {plural(len(group.jurors), 'juré')} ; il en faut au moins {self._problem.needed(group)}"
        return explanation_line("Quorum", present, text, "", rule_source(self._sources, "auditions.quorum"))

    def constraints(self, row: PlannedAudition) -> Iterator[Line]:
        """What its audition breaks, and what its row remarks besides."""
        if self._placement is None:
            return
        wrong = [breach for breach in broken(self._problem, self._placements) if breach.numero == self._numero]
        texts = [broken_sentence(breach, self._names) for breach in wrong]
        for text in texts:
            yield explanation_line("Contrainte non tenue", None, text)
        for remark in row.remarks:
            if remark not in texts:
                yield explanation_line("Remarque", None, remark)

    def elsewhere(self) -> Iterator[Line]:
        """Where else it could be heard, all others staying, and why it is not."""
        if self._hearing is None:
            return
        options = alternatives(self._problem, self._placements, self._hearing)
        for place, costs in [*options.possible.items()][:_MOST_TOLD]:
            yield explanation_line("Autre créneau possible", self._slot_name(place), self._why_not(options, costs))
        rest = len(options.possible) - _MOST_TOLD
        if rest > 0:
            yield explanation_line("Autres créneaux possibles", rest, "moins bons que ceux-là, ou autant")
        for constraint, why in _OBSTACLES.items():
            if constraint in options.blocked:
                yield explanation_line("Créneaux impossibles", options.blocked[constraint], why)

    def _why_not(self, options: Alternatives, costs: Costs) -> str:
        """What decides between this place and its own."""
        if options.own is None:
            return "libre : « eig-sheets jury schedule --adjust » l’y placerait"
        criterion = options.own.first_difference(costs)
        better = costs < options.own
        text = self._difference(criterion, options.own, costs, better=better)
        if not better:
            return text
        if self._numero in self._problem.decided:
            return f"serait mieux pour lui seul ({text}) ; l’heure est décidée"
        return f"serait mieux pour lui seul ({text}) ; « eig-sheets jury schedule » repense ce qui n’est que proposé"

    def _difference(self, criterion: Criterion | None, own: Costs, costs: Costs, *, better: bool) -> str:
        if criterion is None:
            return "vaut autant : le premier groupe est choisi"
        if criterion is Criterion.START:
            return "plus tôt" if better else "plus tard"
        if criterion is Criterion.NEW_DAY:
            return "un jour d’auditions de moins" if better else "un jour d’auditions de plus"
        place = [*Criterion].index(criterion)
        return _COMPARED[criterion].format(other=costs[place], own=own[place])

    def _slot_name(self, placement: Placement) -> str:
        group = f", groupe {placement.group}" if placement.group else ""
        return f"{moment(placement.span.start)}, jusqu’à {hour(placement.span)}{group}"

    def _cells(self, tab_id: str, key: str, value: str, *fields: str) -> str:
        """The cells of the rows of a tab that have this key."""
        table = self._reading.valid_rows(tab_id)
        rows = table.loc[table[key] == value, "row"]
        return ", ".join(filter(None, (cells_in(self._reading, tab_id, int(row), *fields) for row in rows)))
