"""The French of an assignment: what was relaxed, what does not apply, which links stay weak, how loads are shared."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from math import isfinite
from typing import Final

import pandas as pd

from eig_sheets.campaign.assigning import Assigning
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.results import panels
from eig_sheets.domain.assignment import DemandKind, Relaxed
from eig_sheets.domain.calibration.links import unexplained
from eig_sheets.text.french import listed_first, plural, typographic
from eig_sheets.workbook.search_words import CUT


def relaxed_texts(reading: Reading, one: Assigning) -> list[str]:
    """What has to be relaxed, one sentence each; then how many reads are missing in all, when maxima are in the way."""
    return [typographic(text) for text in (*(_relaxed(reading, one, each) for each in one.found.relaxed), *_room(one))]


def _relaxed(reading: Reading, one: Assigning, each: Relaxed) -> str:
    words = one.noted.words
    match each.kind:
        case DemandKind.READS:
            reads = f"{_reads(one, each.instead)} au lieu de {each.wanted}{_few(one, each.dossier)}"
            return f"le {words.one} {each.dossier} : {reads}."
        case DemandKind.MAXIMUM:
            who, where = _reader(one, each.reader), _cells(reading, one.jury.units[each.reader])
            return f"le maximum de {who}{where} : {_noted(one, each.instead)} au lieu de {each.wanted}."
        case DemandKind.COMMON_MAXIMUM:
            return f"{words.maximum} de la configuration : {_noted(one, each.instead)} au lieu de {each.wanted}."
        case DemandKind.LOCKED:
            row = f"la ligne d’{reading.layout.tabs[one.noted.typed].name} qui confie le {words.one} {each.dossier}"
            return f"{row} à {_reader(one, each.reader)} : à supprimer."
        case DemandKind.COMPARISON:
            return f"la comparaison des {words.many} : elle tient à un seul juré ou à un seul {words.one}."


def _few(one: Assigning, dossier: str) -> str:
    count = int(one.demands.allowed[one.demands.dossiers.index(dossier)].sum())
    return f" ({plural(count, 'lecteur possible', 'lecteurs possibles')} sans déport)"


def _room(one: Assigning) -> Iterator[str]:
    """What the maxima allow in all, when it is too little: raising many by a little would do as well."""
    room, total = int(one.demands.limits.sum()), one.demands.coherent().total
    if room < total and any(each.kind in (DemandKind.MAXIMUM, DemandKind.COMMON_MAXIMUM) for each in one.found.relaxed):
        yield (
            f"En tout, il faut {_reads(one, total)}, et les maxima du jury en permettent {room} : en relever plusieurs "
            f"d’un {one.noted.words.one} chacun conviendrait aussi."
        )


def _reads(one: Assigning, count: int) -> str:
    return plural(count, one.noted.words.read)


def _noted(one: Assigning, count: int) -> str:
    return plural(count, one.noted.words.one)


def _reader(one: Assigning, unit: str) -> str:
    return unit if one.jury.units[unit] == (unit,) else f"groupe {unit}"


def _cells(reading: Reading, jurors: Sequence[str]) -> str:
    """« (Jury, E5) », the cells in which these jurors' own maxima stand."""
    table, layout = reading.valid_rows("jury"), reading.layout.tabs["jury"]
    rows = table.loc[table["email"].isin(jurors) & table["maximum"].notna(), "row"]
    cells = [layout.reference("maximum", int(row)) for row in rows]
    return f" ({listed_first([cell for cell in cells if cell])})" if any(cells) else ""


def waived_texts(reading: Reading, one: Assigning) -> list[str]:
    """The rules that do not apply, one sentence each."""
    rules, words = one.noted.rules(reading), one.noted.words
    if rules.reads_as_group:
        alone = [unit for unit, jurors in one.jury.units.items() if jurors == (unit,)]
        return [typographic(text) for text in (_GROUPS, *([_alone(alone)] if alone else []))]
    if rules.readers == 1:
        return [typographic(f"Une seule {words.read} par {words.one} : rien ne compare la sévérité des jurés.")]
    single = typographic(f"Un {words.one} au plus : il n’y a rien à comparer.")
    return [] if len(one.demands.dossiers) > 1 else [single]


_GROUPS: Final = "Lecture par groupe : la comparaison des dossiers peut tenir à un seul groupe."


def _alone(jurors: Sequence[str]) -> str:
    return f"Sans « Groupe », chacun lit seul : {listed_first(jurors)}."


def weak_texts(reading: Reading, one: Assigning) -> list[str]:
    """The weak links that could not be avoided, one sentence each, but for those between groups: they are known."""
    return [
        typographic(
            f"Lien faible : {listed_first(link.sides[1])} ne se comparent aux autres jurés que par "
            f"{listed_first(link.shared) or 'd’autres jurés'}."
        )
        for link in unexplained(one.found.weak, panels(reading))
    ]


def summary(one: Assigning) -> list[str]:
    """How loads are shared, what changes, how good it is, who has nothing: a sentence each."""
    loads = pd.Series(one.loads, dtype="int64")
    used, idle = loads[loads > 0], loads[loads == 0]
    read = f"{_noted(one, len(one.demands.dossiers))} et {plural(len(loads), 'juré')} : {_reads(one, len(one.pairs))}"
    share = f", de {used.min()} à {_noted(one, int(used.max()))} chacun" if len(used) else ""
    added, dropped = len(one.pairs - one.before), len(one.before - one.pairs)
    texts = [f"{read}{share}."]
    if one.before:
        texts.append(
            f"{plural(added, 'affectation nouvelle', 'affectations nouvelles')}, "
            f"{plural(dropped, 'retirée')}, {len(one.pairs & one.before)} sans changement."
        )
    texts.append(_quality(one))
    if len(idle):
        texts.append(f"Sans {one.noted.words.one} : {listed_first([*idle.index])}.")
    return [typographic(text) for text in texts]


def _quality(one: Assigning) -> str:
    if one.found.optimal:
        return "Aucune répartition n’est meilleure : c’est prouvé."
    percent = f"{100 * one.found.gap:.1f} %".replace(".", ",")
    if not isfinite(one.found.gap):
        return f"{CUT} Une meilleure répartition existe peut-être."
    return f"{CUT} La meilleure répartition possible l’est de {percent} au plus."


def pages_text(reading: Reading, one: Assigning, out: Collection[str], *, adjust: bool) -> str:
    """Which of the jurors who have a page (`out`) have other dossiers than before, and what to run; '' when none has.

    Until there is an assignment, pages show all that the jury reads.
    """
    moved = {juror for _, juror in one.pairs ^ one.before} if one.before else {*out}
    names = dict(reading.valid_rows("jury")[["email", "nom"]].itertuples(index=False, name=None))
    words = one.noted.words
    changed = [names[juror] or juror for juror in sorted(moved.intersection(out, names))]
    if not changed:
        return ""
    least = "" if adjust else f" « eig-sheets {words.command} --adjust » change le moins possible d’affectations."
    return typographic(
        f"Attention : cette répartition change les {words.many} de {listed_first(changed)}, dont la grille est déjà "
        f"faite. Ce qu’un juré note d’un {words.one} qui n’est plus à lui n’est pas repris. Relancez « eig-sheets "
        f"{words.pages} » pour mettre ces grilles à jour.{least}"
    )
