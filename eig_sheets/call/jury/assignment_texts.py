"""The French of an assignment: what was relaxed, what does not apply, which links stay weak, how loads are shared."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from math import isfinite
from typing import Final

import pandas as pd

from eig_sheets.call.jury.assigning import Assigning
from eig_sheets.call.jury.assignment import DemandKind, Relaxed
from eig_sheets.call.scoring.calibration.links import unexplained
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.panels import panels
from eig_sheets.text.french import listed_first, plural, typographic
from eig_sheets.workbook.quoting import CUT


def relaxed_texts(reading: Reading, assignment: Assigning) -> list[str]:
    """What has to be relaxed, one sentence each; then how many reads are missing in all, if maxima are too low."""
    return [
        typographic(text)
        for text in (*(_relaxed(reading, assignment, each) for each in assignment.assigned.relaxed), *_room(assignment))
    ]


def _relaxed(reading: Reading, assignment: Assigning, each: Relaxed) -> str:
    words = assignment.subject.words
    match each.kind:
        case DemandKind.READS:
            reads = f"{_reads(assignment, each.instead)} au lieu de {each.wanted}{_few(assignment, each.dossier)}"
            return f"le {words.singular} {each.dossier} : {reads}."
        case DemandKind.MAXIMUM:
            who, where = _reader(assignment, each.reader), _cells(reading, assignment.jury.units[each.reader])
            return f"le maximum de {who}{where} : {_counted(assignment, each.instead)} au lieu de {each.wanted}."
        case DemandKind.COMMON_MAXIMUM:
            return (
                f"{words.maximum} de la configuration : {_counted(assignment, each.instead)} au lieu de {each.wanted}."
            )
        case DemandKind.LOCKED:
            tab = reading.layout.tabs[assignment.subject.typed].name
            row = f"la ligne d’{tab} qui confie le {words.singular} {each.dossier}"
            return f"{row} à {_reader(assignment, each.reader)} : à supprimer."
        case DemandKind.COMPARISON:
            return f"la comparaison des {words.plural} : elle tient à un seul juré ou à un seul {words.singular}."


def _few(assignment: Assigning, dossier: str) -> str:
    count = int(assignment.demands.allowed[assignment.demands.dossiers.index(dossier)].sum())
    return f" ({plural(count, 'lecteur possible', 'lecteurs possibles')} sans déport)"


def _room(assignment: Assigning) -> Iterator[str]:
    """What the maxima allow in all, when it is too little: raising many by a little would do as well."""
    room, total = int(assignment.demands.limits.sum()), assignment.demands.coherent().total
    if room < total and any(
        each.kind in (DemandKind.MAXIMUM, DemandKind.COMMON_MAXIMUM) for each in assignment.assigned.relaxed
    ):
        yield (
            f"En tout, il faut {_reads(assignment, total)}, et les maxima du jury en permettent {room} : en relever "
            f"plusieurs d’un {assignment.subject.words.singular} chacun conviendrait aussi."
        )


def _reads(assignment: Assigning, count: int) -> str:
    return plural(count, assignment.subject.words.read)


def _counted(assignment: Assigning, count: int) -> str:
    return plural(count, assignment.subject.words.singular)


def _reader(assignment: Assigning, unit: str) -> str:
    return unit if assignment.jury.units[unit] == (unit,) else f"groupe {unit}"


def _cells(reading: Reading, jurors: Sequence[str]) -> str:
    """« (Jury, E5) », the cells in which these jurors' own maxima stand."""
    table, layout = reading.valid_rows("jury"), reading.layout.tabs["jury"]
    rows = table.loc[table["email"].isin(jurors) & table["maximum"].notna(), "row"]
    cells = [layout.reference("maximum", int(row)) for row in rows]
    return f" ({listed_first([cell for cell in cells if cell])})" if any(cells) else ""


def waived_texts(reading: Reading, assignment: Assigning) -> list[str]:
    """The rules that do not apply, one sentence each."""
    rules, words = assignment.subject.rules(reading), assignment.subject.words
    if rules.reads_as_group:
        alone = [unit for unit, jurors in assignment.jury.units.items() if jurors == (unit,)]
        texts = [_GROUPS, *([f"Sans « Groupe », chacun lit seul : {listed_first(alone)}."] if alone else [])]
        return [typographic(text) for text in texts]
    if rules.readers == 1:
        return [typographic(f"Une seule {words.read} par {words.singular} : rien ne compare la sévérité des jurés.")]
    single = typographic(f"Un {words.singular} au plus : il n’y a rien à comparer.")
    return [] if len(assignment.demands.dossiers) > 1 else [single]


_GROUPS: Final = "Lecture par groupe : la comparaison des dossiers peut tenir à un seul groupe."


def weak_texts(reading: Reading, assignment: Assigning) -> list[str]:
    """The weak links that could not be avoided, one sentence each, but for those between groups: they are known."""
    return [
        typographic(
            f"Lien faible : {listed_first(link.sides[1])} ne se comparent aux autres jurés que par "
            f"{listed_first(link.shared) or 'd’autres jurés'}."
        )
        for link in unexplained(assignment.assigned.weak, panels(reading))
    ]


def summary(assignment: Assigning) -> list[str]:
    """How loads are shared, what changes, how good it is, who has nothing: a sentence each."""
    loads = pd.Series(assignment.loads, dtype="int64")
    used, idle = loads[loads > 0], loads[loads == 0]
    dossiers, reads = len(assignment.demands.dossiers), _reads(assignment, len(assignment.pairs))
    read = f"{_counted(assignment, dossiers)} et {plural(len(loads), 'juré')} : {reads}"
    share = f", de {used.min()} à {_counted(assignment, int(used.max()))} chacun" if len(used) else ""
    added, dropped = len(assignment.pairs - assignment.before), len(assignment.before - assignment.pairs)
    texts = [f"{read}{share}."]
    if assignment.before:
        texts.append(
            f"{plural(added, 'affectation nouvelle', 'affectations nouvelles')}, "
            f"{plural(dropped, 'retirée')}, {len(assignment.pairs & assignment.before)} sans changement."
        )
    texts.append(_quality(assignment))
    if len(idle):
        texts.append(f"Sans {assignment.subject.words.singular} : {listed_first([*idle.index])}.")
    return [typographic(text) for text in texts]


def _quality(assignment: Assigning) -> str:
    if assignment.assigned.optimal:
        return "Aucune répartition n’est meilleure : c’est prouvé."
    percent = f"{100 * assignment.assigned.gap:.1f} %".replace(".", ",")
    if not isfinite(assignment.assigned.gap):
        return f"{CUT} Une meilleure répartition existe peut-être."
    return f"{CUT} La meilleure répartition possible l’est de {percent} au plus."


def pages_text(reading: Reading, assignment: Assigning, out: Collection[str], *, adjust: bool) -> str:
    """Which of the jurors who have a page (`out`) have other dossiers than before, and what to run; '' when none has.

    Until there is an assignment, pages show all that the jury reads.
    """
    moved = {juror for _, juror in assignment.pairs ^ assignment.before} if assignment.before else {*out}
    names = dict(reading.valid_rows("jury")[["email", "nom"]].itertuples(index=False, name=None))
    words = assignment.subject.words
    changed = [names[juror] or juror for juror in sorted(moved.intersection(out, names))]
    if not changed:
        return ""
    least = "" if adjust else f" « eig-sheets {words.command} --adjust » change le moins possible d’affectations."
    return typographic(
        f"Attention : cette répartition change les {words.plural} de {listed_first(changed)}, dont la grille est déjà "
        f"faite. Ce qu’un juré note d’un {words.singular} qui n’est plus à lui n’est pas repris. Relancez « eig-sheets "
        f"{words.pages} » pour mettre ces grilles à jour.{least}"
    )
