"""The decider's sheet as a .docx that Word and LibreOffice open, that a minister's office reads, and signs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from eig_sheets.documents.checksum import archive_with_checksum
from eig_sheets.documents.paper import Paper
from eig_sheets.features.decision_sheet.content import DecisionSheet, SheetLine
from eig_sheets.text.french import day, plural, typographic

_BLANK: Final = "………………"
_NO_REASON: Final = "[motif à écrire]"


def document(sheet: DecisionSheet) -> bytes:
    """The .docx: the same bytes for the same sheet, with their checksum."""
    paper = Paper(f"Fiche de décision – {sheet.title}", sheet.day)
    paper.title("Fiche de décision : projets lauréats", sheet.title)
    if sheet.banner:
        paper.strong(sheet.banner)
    for sentence in _introduction(sheet):
        paper.sentence(sentence)
    _pending(paper, sheet)
    _list(paper, "1. Lauréats, dans l’ordre du classement", sheet.laureates, "Aucun dossier n’est lauréat.")
    _list(paper, "2. Liste d’attente, dans l’ordre où l’on y puise", sheet.waiting, "La liste d’attente est vide.")
    _money(paper, sheet)
    _departures(paper, sheet)
    _signature(paper, sheet)
    return archive_with_checksum(paper.saved())


def _introduction(sheet: DecisionSheet) -> tuple[str, ...]:
    others = "".join(f" ; {decision.lower()} : {count}" for decision, count in sheet.others)
    submitted = (
        f"{plural(sheet.received, 'dossier reçu', 'dossiers reçus')}, {plural(sheet.places, 'place')}. Le jury propose "
        f"{plural(len(sheet.laureates), 'lauréat')} et {plural(len(sheet.waiting), 'dossier')} en liste d’attente"
        f"{others}."
    )
    prepared = (
        f"Fiche préparée par eig-sheets avec les données du {day(sheet.day)} : les décisions sont celles que des "
        "personnes ont saisies, le calcul n’en prend aucune. Le procès-verbal du jury dit comment elles l’ont été."
    )
    return submitted, prepared


def _pending(paper: Paper, sheet: DecisionSheet) -> None:
    if sheet.pending:
        paper.strong(typographic("À régler avant de signer :"))
        paper.table(("Où", "Quoi"), [(where, typographic(what)) for where, what in sheet.pending], (5.0, 12.6))


def _list(paper: Paper, heading: str, lines: Sequence[SheetLine], nobody: str) -> None:
    paper.heading(heading)
    if not lines:
        paper.sentence(nobody)
    elif any(line.amount for line in lines):
        rows = [(line.rank, line.numero, line.name, line.administration, line.amount) for line in lines]
        headers = ("Rang", "N°", "Projet", "Administration", "Co-financement")
        paper.table(headers, rows, (1.3, 2.2, 4.9, 5.4, 3.8))
    else:
        unpaid = [(line.rank, line.numero, line.name, line.administration) for line in lines]
        paper.table(("Rang", "N°", "Projet", "Administration"), unpaid, (1.3, 2.2, 6.5, 7.6))


def _money(paper: Paper, sheet: DecisionSheet) -> None:
    if not sheet.total:
        return
    paper.heading("3. Montants et enveloppe")
    paper.sentence(sheet.total)
    if not sheet.envelope_known:
        paper.sentence(f"Enveloppe : [à compléter] {_BLANK}")
    paper.sentence("Un montant est prévisionnel jusqu’au recrutement ; un dossier « sous réserve » attend une pièce.")


def _departures(paper: Paper, sheet: DecisionSheet) -> None:
    paper.heading(f"{4 if sheet.total else 3}. Écarts au classement")
    if not sheet.departures:
        paper.sentence("Les décisions suivent le classement du jury.")
        return
    paper.sentence("Décisions qui ne suivent pas le classement, et pourquoi :")
    rows = [
        ("–" if one.rank is None else str(one.rank), f"{one.name} ({one.numero})", typographic(one.departs),
         one.decision, one.reason or _NO_REASON)
        for one in sheet.departures
    ]  # fmt: skip
    paper.table(("Rang", "Projet", "Écart", "Décision", "Motif"), rows, (1.3, 4.3, 3.8, 2.8, 5.4))


def _signature(paper: Paper, sheet: DecisionSheet) -> None:
    paper.heading(f"{5 if sheet.total else 4}. Décision")
    for choice in ("J’approuve cette liste.", f"J’approuve cette liste, sauf : {_BLANK}{_BLANK}{_BLANK}",
                   f"Je demande que le jury délibère de nouveau, sur : {_BLANK}{_BLANK}"):  # fmt: skip
        paper.sentence(f"☐ {choice}", keep_with_next=True)
    blank = typographic("Nom et qualité :\n\nDate :\n\nSignature :\n\n\n")
    paper.table(("Pour décision", "Présenté par"), [(blank, blank)], (8.8, 8.8))
    paper.sentence("Empreinte (SHA-256) des données du classement, celle du procès-verbal :", keep_with_next=True)
    paper.code(sheet.digest)
