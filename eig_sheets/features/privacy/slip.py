"""The bordereau d’élimination: what is proposed, by category, for the visa of the archives.

Code du patrimoine, L. 212-2. It is kept for good, so it names nobody: its reference stands for the exact list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from eig_sheets.config import Campaign
from eig_sheets.documents.paper import Paper
from eig_sheets.features.privacy.disposal import Item
from eig_sheets.features.privacy.register_records import period_text
from eig_sheets.features.privacy.rules import RetentionRules
from eig_sheets.text.french import day as french_day
from eig_sheets.text.french import number, plural, typographic

_BLANK = "………………………………………………"
_HEADERS = ("N°", "Documents", "Dates extrêmes", "Nombre", "Volume", "Durée (DUA)", "Source de la durée")
_WIDTHS = (1.0, 5.0, 2.6, 1.9, 1.8, 2.5, 2.8)


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One category of a bordereau: its documents, first and last days, count, bytes, period and source."""

    documents: str
    first: date
    last: date
    count: int
    size: int
    period: str
    source: str


def lines_of(items: Sequence[Item], rules: RetentionRules) -> list[SlipLine]:
    """One line for each holding, in the order of the items."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.holding.id, []).append(item)
    return [_line(group, rules) for group in groups.values()]


def _line(group: Sequence[Item], rules: RetentionRules) -> SlipLine:
    holding, days = group[0].holding, [item.made for item in group]
    period = rules.period(holding.period)
    return SlipLine(
        typographic(f"{holding.what} ({holding.where})"),
        min(days),
        max(days),
        len(group),
        sum(item.size for item in group),
        typographic(period_text(holding, rules)),
        typographic(period.source if period else ""),
    )


def document(lines: Sequence[SlipLine], reference: str, campaign: Campaign, day: date) -> bytes:
    """The .docx; the signatures are blanks to fill."""
    rules, call = campaign.section(RetentionRules), campaign.campaign
    paper = Paper(f"Bordereau d’élimination {reference}", day)
    paper.title("Bordereau d’élimination d’archives publiques", f"{reference} – {call.name or call.id}")
    if call.banner:
        paper.strong(call.banner)
    paper.sentence(f"Service producteur : {rules.service or _BLANK}")
    paper.sentence(f"Service d’archives : {rules.archives or _BLANK}")
    paper.sentence(f"Préparé le {french_day(day)}.")
    total = sum(line.count for line in lines)
    paper.sentence(
        f"Élimination proposée de {plural(total, 'document')} dont la durée d’utilité administrative est échue. "
        f"La référence {reference} désigne leur liste exacte, document par document, avec l’empreinte SHA-256 de "
        "chacun ; rien d’autre ne sera éliminé, et ce qui change avant l’élimination sera gardé."
    )
    paper.table(_HEADERS, [_cells(number_, line) for number_, line in enumerate(lines, 1)], _WIDTHS)
    paper.heading("Ce qui reste")
    paper.sentence(
        "Le procès-verbal de la délibération et les décisions sont conservés, et versés au service d’archives. Les "
        "notes qui fondent le classement le sont sans nom ni adresse, pour qu’il puisse être vérifié."
    )
    paper.heading("Visas")
    paper.sentence(
        "Aucune élimination n’a lieu avant le visa des archives (code du patrimoine, articles L. 212-2 et L. 214-3)."
    )
    paper.table(
        ("", "Nom et qualité", "Date", "Signature"),
        [("Responsable du service producteur", "", "", "\n\n"), ("Visa du service d’archives, n°", "", "", "\n\n")],
        (5.2, 5.2, 2.8, 4.4),
    )
    return paper.saved()


def _cells(place: int, line: SlipLine) -> tuple[str, ...]:
    days = f"{line.first:%d/%m/%Y}" if line.first == line.last else f"{line.first:%d/%m/%Y} – {line.last:%d/%m/%Y}"
    volume = f"{number(max(1, round(line.size / 1024)))} Ko" if line.size else "–"
    return (str(place), line.documents, days, str(line.count), typographic(volume), line.period, line.source)
