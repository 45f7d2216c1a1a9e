"""Checks of what jurors' pages say: what is collected, and why the rest is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from eig_sheets.campaign.assignments import recorded_assignments
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.recusals import RecusalSource
from eig_sheets.campaign.review_subjects import DOSSIERS, ReviewSubject
from eig_sheets.domain.decisions import WITHDRAWN
from eig_sheets.domain.versions import Key, Record, Version
from eig_sheets.storage.read_pages import ReadPage
from eig_sheets.sync.arrival_order import says_deport
from eig_sheets.workbook.anomalies import Anomaly, anomaly
from eig_sheets.workbook.codes import warning
from eig_sheets.workbook.notes_tabs import DECLARATIONS
from eig_sheets.workbook.quoting import did_you_mean

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
