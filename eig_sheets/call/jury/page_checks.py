"""Checks of what jurors' pages say: what is collected, and why the rest is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from eig_sheets.call.jury.assignments import recorded_assignments
from eig_sheets.call.jury.dossiers import DOSSIERS
from eig_sheets.call.jury.read_pages import ReadPage
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews import declarations_recues, notes_recues
from eig_sheets.campaign.reviews.received_notes import DECLARATIONS
from eig_sheets.campaign.reviews.recusals import RecusalSource
from eig_sheets.campaign.reviews.subjects import ReviewSubject
from eig_sheets.campaign.reviews.typed_values import as_typed
from eig_sheets.campaign.reviews.versions import Key, Record, Version
from eig_sheets.domain.decisions import WITHDRAWN
from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.spreadsheet.model.sheet import Sheet
from eig_sheets.workbook import values
from eig_sheets.workbook.anomalies import Anomaly, anomaly, blocking, warning
from eig_sheets.workbook.quoting import did_you_mean

UNCERTAIN_ORDER: Final = warning(
    "ordre_incertain",
    "{value} : {place}, reçue le {received}, est arrivée la dernière mais se dit enregistrée le {moment}, avant "
    "{rival} ({before}) : elle ne compte pas.",
    "Si c’est bien la dernière (horloge en retard), ouvrez « {page} », enregistrez-la, puis relancez « eig-sheets "
    "{command} » : elle comptera. Si c’est une ancienne, retirez-la du dossier.",
)
RECUSAL_OF_UNCERTAIN_ORDER: Final = blocking(
    "deport_d_ordre_incertain",
    "{value} : {place}, reçue le {received}, est arrivée la dernière mais se dit enregistrée le {moment}, avant "
    "{rival} ({before}). Dans le doute, son déport compte.",
    "Demandez au juré. S’il ne se déporte pas, ouvrez sa bonne page, enregistrez-la, puis relancez « eig-sheets "
    "{command} » : elle comptera, et retirez « {page} » du dossier.",
)

_JUROR: Final = declarations_recues.TABLE.sheet_header(notes_recues.JUROR)
_DEPORTS: Final = (notes_recues.ANSWERS["deport"].header, declarations_recues.ANSWERS["deports"].header)
_NEXT: Final = timedelta(seconds=1)
_LIST: Final = " ; "


@dataclass(frozen=True, slots=True)
class Doubt:
    """A version that arrived last, and `other`, which was received before and says that it was saved after.

    `careful`: the version that counts in their place when the one that arrived last steps aside; None when it does not.
    """

    last: Version
    other: Version
    careful: Version | None = None


def doubts_of(known: Iterable[Version], saved: Iterable[Version]) -> list[Doubt]:
    """The doubts, by dossier then juror: of what was `known` and of what pages say (`saved`)."""
    by_key: dict[Key, list[Version]] = {}
    for version in (*known, *saved):
        if version.values:
            by_key.setdefault(version.key, []).append(version)
    doubts = (_doubt(versions) for _, versions in sorted(by_key.items(), key=lambda item: (item[0][1], item[0][0])))
    return [doubt for doubt in doubts if doubt is not None]


def careful_versions(doubts: Iterable[Doubt]) -> Iterator[Version]:
    """What counts because of these doubts."""
    return (doubt.careful for doubt in doubts if doubt.careful is not None)


def _doubt(versions: list[Version]) -> Doubt | None:
    page = _page(max(versions, key=lambda version: (version.received, version.moment)))
    # Its earliest version, not the careful one.
    last = min((version for version in versions if _page(version) == page), key=lambda version: version.moment)
    others = [version for version in versions if _page(version) != page]
    if not others:
        return None
    other = max(others, key=lambda version: (version.moment, version.received))
    if other.received >= last.received or other.moment <= last.moment or other.values == last.values:
        return None
    return Doubt(last, other, _careful(last, other))


def _page(version: Version) -> tuple[datetime, str]:
    return version.received, version.source


def _careful(last: Version, other: Version) -> Version | None:
    """The two as one: of a dossier, the déport; of a declaration, what counts and the déports of both."""
    moment = other.moment + _NEXT
    if last.numero:
        steps_aside = says_deport(last) and not says_deport(other)
        return replace(last, moment=moment) if steps_aside else None
    said, more = _numbers(other), _numbers(last)
    if more <= said:
        return None
    deports = _LIST.join(sorted(said | more))
    return replace(last, values={**other.values, "deports": deports}, moment=moment)


def says_deport(version: Version) -> bool:
    """Whether the answer to « Déport » is anything but blank or « non »."""
    try:
        return bool(values.yes_no(as_typed(version.values.get("deport"))))
    except values.UnreadableError:
        return True


def _numbers(version: Version) -> set[str]:
    return {*(values.items(str(version.values.get("deports") or "")) or ())}


def order_anomalies(doubts: Iterable[Doubt], sheet: Sheet, command: str) -> Iterator[Anomaly]:
    """The anomalies of doubts about the rows of a robot's tab."""
    rows = _rows(sheet)
    for doubt in doubts:
        code = UNCERTAIN_ORDER if doubt.careful is None else RECUSAL_OF_UNCERTAIN_ORDER
        header = _JUROR if doubt.careful is None else next(deport for deport in _headers(sheet) if deport in _DEPORTS)
        row = rows.get(doubt.last.key)
        cell = None if row is None else a1(row, _headers(sheet).index(header))
        yield anomaly(code, sheet.name, cell, doubt.last.numero or None, **_words(doubt, command))


def _words(doubt: Doubt, command: str) -> dict[str, Any]:
    return {
        "value": doubt.last.juror,
        "place": doubt.last.place,
        "page": doubt.last.source,
        "received": f"{doubt.last.received:%d/%m/%Y %H:%M}",
        "moment": _saved(doubt.last),
        "rival": doubt.other.source,
        "before": _saved(doubt.other),
        "command": command,
    }


def _saved(version: Version) -> str:
    return f"{version.moment:%d/%m/%Y %H:%M}"


def _headers(sheet: Sheet) -> list[str]:
    return [column.header for column in sheet.columns]


def _rows(sheet: Sheet) -> dict[Key, int]:
    """The row of each juror and dossier in the tab."""
    headers = _headers(sheet)
    juror = headers.index(_JUROR)
    number = None if juror == 0 else 0
    first = len(sheet.grid()) - len(sheet.rows) + 1
    return {
        (str(cells[juror]), "" if number is None else str(cells[number])): row
        for row, cells in enumerate(sheet.rows, first)
    }


JUROR_PAGE: Final = warning(
    "page_de_jure",
    "{place} : {reason}",
    "{advice}",
)

_KEPT = "La page est gardée telle quelle ; ce qu’elle en dit n’est pas repris."


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something of a page is not collected, and what to do."""

    reason: str
    advice: str


class PageChecks:
    """Says whether a page, or the notes of a dossier in it, may be collected: who may note what."""

    def __init__(self, reading: Reading, subject: ReviewSubject = DOSSIERS) -> None:
        self.subject = subject
        jury, table = reading.tables["jury"], reading.tables[subject.tab]
        self._campaign = reading.campaign.campaign.id
        self._jury, self._tab = jury.layout.name, table.layout.name
        self._typed = reading.schema.tab(subject.typed).name
        self._jurors = frozenset(jury.frame["email"].dropna())
        self._numbers = frozenset(table.frame[subject.key].dropna())
        gone = table.frame[subject.withdrawn] == WITHDRAWN
        self._withdrawn = frozenset(table.frame.loc[gone, subject.key].dropna())
        # A page may change what its juror said in an evaluation.
        self._recused = frozenset(
            (juror, number)
            for (number, juror), source in subject.recusals(reading).items()
            if source is not RecusalSource.EVALUATION
        )
        recorded = recorded_assignments(reading, subject=subject)
        self._assigned = frozenset((pair.jure, pair.numero) for pair in recorded)

    def of_page(self, page: ReadPage) -> Refusal | None:
        """Why nothing of a page is collected; None when it may be."""
        if page.campaign and page.campaign != self._campaign:
            return Refusal(
                f"cette page est celle d’un autre appel (« {page.campaign} »). {_KEPT}",
                "Retirez-la du dossier ; si c’est bien le juré de cet appel, donnez-lui sa page.",
            )
        if page.juror and page.juror not in self._jurors:
            hint = did_you_mean(page.juror, self._jurors)
            return Refusal(
                f"« {page.juror} » n’est l’adresse d’aucun juré de l’onglet {self._jury}.{hint} {_KEPT}",
                f"Ajoutez ce juré à l’onglet {self._jury}, ou corrigez-y son adresse.",
            )
        return None

    def of_version(self, version: Version) -> Refusal | None:
        """Why the notes of a dossier are not collected; None when they are."""
        words = self.subject.words
        number, about = version.numero, f"{words.singular} {version.numero}"
        if number not in self._numbers:
            return Refusal(
                f"le {about} n’est pas dans l’onglet {self._tab}. {_KEPT}",
                f"Vérifiez ce numéro ; si le {words.singular} a été retiré, il n’y a rien à faire.",
            )
        if number in self._withdrawn:
            return Refusal(
                f"le {about} s’est désisté. {_KEPT}", "Il n’y a rien à faire, sauf si ce désistement est une erreur."
            )
        if version.key in self._recused and not says_deport(version):
            return Refusal(
                f"{version.juror} s’est déporté du {about}, ou doit l’être. {_KEPT}",
                f"Il n’y a rien à faire ; si ce n’est pas un déport, corrigez les Déports ou l’organisation dans "
                f"l’onglet {self._jury}.",
            )
        if self._assigned and version.key not in self._assigned and not says_deport(version):
            return Refusal(
                f"le {about} n’est pas affecté à {version.juror}. {_KEPT}",
                f"Si ces notes doivent compter (un déport retiré, par exemple), saisissez-les dans {self._typed}, puis "
                f"lancez « eig-sheets {words.command} --adjust ».",
            )
        return None


def accepted(pages: Iterable[ReadPage], checks: PageChecks) -> Iterator[Version]:
    """What the pages say that is collected."""
    for page in pages:
        if checks.of_page(page) is None:
            yield from (version for version in page.versions if page.declares or checks.of_version(version) is None)


def page_anomalies(
    pages: Iterable[ReadPage], checks: PageChecks, records: Mapping[Key, Record], names: Mapping[str, str]
) -> Iterator[Anomaly]:
    """What is not understood of pages, or not collected; `records` stand, `names` are those of the robot's tabs."""
    for page in pages:
        tab = names[DECLARATIONS if page.declares else checks.subject.notes.id]
        yield from _unread(page, tab)
        whole = checks.of_page(page)
        if whole is not None:
            yield _anomaly(tab, None, page.source, whole)
            continue
        for version in () if page.declares else page.versions:
            refusal, record = checks.of_version(version), records.get(version.key)
            if refusal is not None and (record is None or record.version.values != version.values):
                yield _anomaly(tab, version.numero, version.place, refusal)


def misplaced_pages(pages: Iterable[ReadPage], tab: str, subject: ReviewSubject) -> Iterator[Anomaly]:
    """What is said of pages whose notes belong to the other workbook, or that are no pages; `tab`: where it is said."""
    for page in pages:
        yield from _unread(page, tab)
        if page.juror:
            what = "projets" if subject is DOSSIERS else subject.words.plural
            reason = f"cette page est celle d’un juré des {what}, qui ont leur classeur. {_KEPT}"
            advice = f"Relevez-la par « eig-sheets {subject.notes.command} »."
            yield _anomaly(tab, None, page.source, Refusal(reason, advice))


def _unread(page: ReadPage, tab: str) -> Iterator[Anomaly]:
    for cell in page.unread:
        where = f"{cell.source}, {cell.cell}" if cell.cell else cell.source
        yield _anomaly(tab, cell.numero or None, where, Refusal(cell.message, cell.remedy))


def _anomaly(tab: str, numero: str | None, where: str, why: Refusal) -> Anomaly:
    return anomaly(JUROR_PAGE, tab, None, numero, place=where, reason=why.reason, advice=why.advice)
