"""Conflicts of interest: jurors who score what their déports or organisation name, and déports that name nobody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache
from typing import Final

import pandas as pd

from eig_sheets.domain.frames import named_rows
from eig_sheets.text.confusables import revealed
from eig_sheets.text.french import asserted, number, plain
from eig_sheets.text.names import name_key
from eig_sheets.text.numbers import is_one_slip
from eig_sheets.workbook.anomalies import Anomaly, anomaly, blocking
from eig_sheets.workbook.layout import TabLayout
from eig_sheets.workbook.parse import Table
from eig_sheets.workbook.quoting import closest, quoted


class PeopleNames:
    """Matches a déport with people: by number, or by first and last name, alone or among words."""

    def __init__(self, rows: pd.DataFrame, key: str) -> None:
        """`key`: the field of the number; `prenom` and `nom` are those of the name."""
        self._numbers = {plain(number): number for number in rows[key].dropna()}
        named = rows.dropna(subset=[key, "prenom", "nom"])
        people = zip(named[key], named["prenom"], named["nom"], strict=True)
        self._people = [(number, name_key(f"{first} {last}")) for number, first, last in people]

    def named(self, item: str) -> frozenset[str]:
        """The numbers of those that a déport names; of namesakes all: in doubt, the juror stands aside."""
        text, words = plain(item), name_key(item)
        numbers = {number for name, number in self._numbers.items() if f" {name} " in f" {text} "}
        return frozenset(numbers | {number for number, name in self._people if len(name) > 1 and name <= words})


CONFLICT_BY_RECUSAL: Final = blocking(
    "conflit_deport",
    "{value} note un dossier qui figure dans ses déports ({reason}).",
    "Saisissez « oui » en Déport et effacez les notes, ou corrigez les déports du juré.",
)
CONFLICT_BY_ORGANISATION: Final = blocking(
    "conflit_organisation",
    "{value} note un dossier de sa propre organisation ({reason}).",
    "Saisissez « oui » en Déport et effacez les notes, ou corrigez l’organisation du juré.",
)
POSSIBLE_CONFLICT: Final = blocking(
    "conflit_possible",
    "{value} note un dossier que ses déports semblent désigner (« {reason} ») : ses notes comptent, et ce dossier "
    "ne lui est plus montré.",
    "Corrigez ce déport dans l’onglet Jury, ou retirez-le s’il désigne autre chose.",
)
UNKNOWN_RECUSAL: Final = blocking(
    "deport_inconnu",
    "« {value} » en « {header} » n’est ni {known} de « {where} » : on ne sait pas de quel {what} ce juré "
    "s’écarte.{hint}",
    "Corrigez le numéro ou le nom (plusieurs se séparent par « ; »), ou retirez-le s’il n’en désigne aucun.",
)

_NOTHING: Final = frozenset({"", "aucun", "aucune", "neant", "non", "ras", "sans objet"})
"""What people type when they have no déport, in plain form."""
_MOST_APART: Final = 10
"""Maximum of unknown déports of one cell that get an anomaly each: a pasted list is one mistake."""
_TYPING_ERROR: Final = 0.9
"""Likeness of two names of administrations of which one is a slip: « Ministère de… » alone makes two alike by 0.8."""


def conflicts(tables: Mapping[str, Table], scored: pd.DataFrame, layout: TabLayout) -> Iterator[Anomaly]:
    """A juror who scores a dossier of their déports or of their own organisation.

    `scored`: the evaluations that hold a score or an NSP, of the tab of that layout.
    """
    if "jury" not in tables:
        return
    dossiers = tables["candidatures"].frame
    interests = _interests(tables["jury"].frame, _names(tables))
    hosts = _hosts(dossiers)
    theirs = scored["jure"].isin(interests) & scored["numero"].notna()
    for record in named_rows(scored.loc[theirs, ["numero", "jure", "row"]]):
        interest, reason = _conflict(record.numero, hosts.get(record.numero, []), interests[record.jure])
        if interest:
            cell = layout.cell("jure", record.row)
            yield anomaly(_CODES[interest], layout.name, cell, record.numero, value=record.jure, reason=reason)


class Interest(StrEnum):
    """Why a juror must not score a dossier."""

    RECUSAL = "conflit_deport"
    ORGANISATION = "conflit_organisation"
    POSSIBLE = "conflit_possible"


_CODES: Final = {
    Interest.RECUSAL: CONFLICT_BY_RECUSAL,
    Interest.ORGANISATION: CONFLICT_BY_ORGANISATION,
    Interest.POSSIBLE: POSSIBLE_CONFLICT,
}


def interests_in_dossiers(tables: Mapping[str, Table]) -> Iterator[tuple[str, str, Interest]]:
    """(number, juror, why) of each dossier that a juror must not score, juror by juror, in the order of the rows."""
    if "jury" not in tables or "candidatures" not in tables:
        return
    dossiers = tables["candidatures"].frame
    hosts, numbers = _hosts(dossiers), dossiers["numero"].dropna().unique().tolist()
    named_by: dict[str, list[str]] = {}
    for numero in numbers:
        for name in {plain(numero), *map(plain, hosts.get(numero, []))}:
            named_by.setdefault(name, []).append(numero)
    place = {numero: at for at, numero in enumerate(numbers)}
    for juror, interests in _interests(tables["jury"].frame, _names(tables)).items():
        names = {*interests.recusals, *interests.organisations, *interests.doubtful}
        for numero in sorted({numero for name in names for numero in named_by.get(name, [])}, key=place.__getitem__):
            interest, _ = _conflict(numero, hosts.get(numero, []), interests)
            if interest:
                yield numero, juror, interest


def dossiers_of_interest(tables: Mapping[str, Table], juror: str) -> frozenset[str]:
    """The numbers of the dossiers that a juror's déports name, or seem to name, and of those of their organisation."""
    return frozenset(numero for numero, interested, _ in interests_in_dossiers(tables) if interested == juror)


def unnamed_recusals(tables: Mapping[str, Table]) -> Iterator[tuple[int, str, str]]:
    """(row, juror, déport) of each déport that names no dossier and no host, for jurors with a readable address."""
    if "jury" not in tables or "candidatures" not in tables or tables["candidatures"].frame.empty:
        return
    named = _names(tables)
    for record in named_rows(tables["jury"].frame.dropna(subset=["deports", "email"])):
        yield from ((record.row, record.email, item) for item in named.unknown(record.deports))


def unknown_recusals(tables: Mapping[str, Table]) -> Iterator[Anomaly]:
    """An anomaly for each déport that names neither a dossier nor a host."""
    if "jury" not in tables or "candidatures" not in tables or tables["candidatures"].frame.empty:
        return
    layout = tables["jury"].layout
    named = _names(tables)
    for record in named_rows(tables["jury"].frame.dropna(subset="deports")):
        for items in told_apart([*named.unknown(record.deports)]):
            meant = named.nearest(items[0]) if len(items) == 1 else None
            yield anomaly(
                UNKNOWN_RECUSAL,
                layout.name,
                layout.cell("deports", record.row),
                value=in_a_sentence(items),
                header=layout.header("deports"),
                known="un numéro de dossier ni un organisme",
                where=tables["candidatures"].layout.name,
                what="dossier",
                hint=f" Vouliez-vous dire « {meant} » ?" if meant else "",
            )


def told_apart(unknown: Sequence[str]) -> Sequence[Sequence[str]]:
    """The unknown déports of one cell, grouped by anomaly: one each when they are few, else all together."""
    return [[item] for item in unknown] if len(unknown) <= _MOST_APART else [unknown]


def in_a_sentence(items: Sequence[str]) -> str:
    """These déports as a sentence quotes them."""
    first = " ; ".join(quoted(revealed(item)) for item in items[:_MOST_APART])
    return first if len(items) <= _MOST_APART else f"{first} ; … ({number(len(items))} en tout)"


def is_no_recusal(item: str) -> bool:
    """Whether people type that when they have no déport."""
    return asserted(item) in _NOTHING


def _names(tables: Mapping[str, Table]) -> DossierNames:
    """The names that a déport can match: those of dossiers, and of people in the same workbook."""
    named = (table for table in tables.values() if table.layout.schema.named_people)
    people = [PeopleNames(table.frame, table.layout.schema.key) for table in named]
    return DossierNames(tables["candidatures"].frame, people)


class DossierNames:
    """Matches a déport with dossiers, by number or host; a déport that names one of `others` names no dossier.

    A title or a mistyped name is reported with the dossier that it seems to mean.
    """

    def __init__(self, dossiers: pd.DataFrame, others: Sequence[PeopleNames] = ()) -> None:
        self._others, self._hosts_of = others, _hosts(dossiers)
        self._numbers, self._hosts = (
            dossiers[column].dropna().unique().tolist() for column in ("numero", "administration")
        )
        self._names = {plain(name): name for name in (*self._hosts, *self._numbers)}
        titled = dossiers.dropna(subset=["projet", "numero"])
        self._titles = {plain(title): number for title, number in zip(titled["projet"], titled["numero"], strict=True)}
        self.surely_meant = cache(self._surely_meant)

    def unknown(self, items: Iterable[str]) -> Iterator[str]:
        """The déports that name nothing."""
        unknown = (item for item in items if plain(item) not in self._names and not is_no_recusal(item))
        return (item for item in unknown if not any(other.named(item) for other in self._others))

    def named(self, item: str) -> frozenset[str]:
        """The numbers of the dossiers that a déport names, or seems to name: itself, its host or its title."""
        exact = self._names.get(plain(item))
        names = {plain(name) for name in ((exact,) if exact else self.surely_meant(item))}
        hosted = {number for number, hosts in self._hosts_of.items() if not names.isdisjoint(map(plain, hosts))}
        return frozenset(hosted | {number for number in self._numbers if plain(number) in names})

    def nearest(self, item: str) -> str | None:
        """The number or the host that is closest to an unknown déport."""
        return next(iter(self.surely_meant(item)), None) or closest(item, self._names.values())

    def _surely_meant(self, item: str) -> tuple[str, ...]:
        """The project that an unknown déport names, or what it names among words or but for a slip of the keyboard."""
        if number := self._titles.get(plain(item)):
            return (number,)
        words = plain(item).split()
        named = [number for number in self._numbers if plain(number) in words]
        numbers = named or [
            number for number in self._numbers if any(is_one_slip(word, plain(number)) for word in words)
        ]
        return (*numbers, *(host for host in self._hosts if _is_same_but_for_typing(plain(item), plain(host))))


@dataclass
class _Interests:
    """Dossiers, administrations and organisations that a juror must not score.

    `doubtful`: what déports that name nothing look like → these déports.
    """

    recusals: set[str] = field(default_factory=set)
    organisations: set[str] = field(default_factory=set)
    doubtful: dict[str, str] = field(default_factory=dict)


def _interests(jury: pd.DataFrame, named: DossierNames) -> dict[str, _Interests]:
    """The interests of each juror, in plain form; a juror listed twice has those of both rows."""
    by_juror: dict[str, _Interests] = {}
    for record in named_rows(jury.dropna(subset="email")):
        interests = by_juror.setdefault(record.email, _Interests())
        recusals = record.deports or ()
        interests.recusals.update(map(plain, recusals))
        interests.organisations.update([plain(record.organisation)] if record.organisation else [])
        for item in named.unknown(recusals):
            interests.doubtful.update(dict.fromkeys(map(plain, named.surely_meant(item)), item))
    return by_juror


def _conflict(numero: str, hosts: list[str], interests: _Interests) -> tuple[Interest | None, str]:
    for name in (numero, *hosts):
        if plain(name) in interests.recusals:
            return Interest.RECUSAL, name
    own = next((host for host in hosts if plain(host) in interests.organisations), "")
    if own:
        return Interest.ORGANISATION, own
    doubt = next(filter(None, (interests.doubtful.get(plain(name)) for name in (numero, *hosts))), "")
    return (Interest.POSSIBLE, quoted(doubt)) if doubt else (None, "")


def _hosts(dossiers: pd.DataFrame) -> dict[str, list[str]]:
    """The host of each dossier; several when its number is on several rows."""
    known = dossiers.dropna(subset=["numero", "administration"])
    hosts: dict[str, list[str]] = {}
    for numero, host in sorted(set(zip(known["numero"], known["administration"], strict=True))):
        hosts.setdefault(numero, []).append(host)
    return hosts


def _is_same_but_for_typing(name: str, other: str) -> bool:
    """Whether two names are one, mistyped; a number in it makes another name."""
    return _digits(name) == _digits(other) and SequenceMatcher(None, name, other).ratio() >= _TYPING_ERROR


def _digits(text: str) -> list[str]:
    return [character for character in text if character.isdigit()]
