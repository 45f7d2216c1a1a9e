"""An annex: tables whose blanks are named, never filled with a guess, and the words of their cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from eig_sheets.call.cofinancing.finance.lines import FinanceLine
from eig_sheets.documents.checksum import archive_with_checksum
from eig_sheets.documents.paper import Paper
from eig_sheets.documents.sections import Section
from eig_sheets.text.french import day as french_day
from eig_sheets.text.french import euros, listed, plural, typographic

_EVERY_DOSSIER = "Tous les dossiers"
_NOBODY = "Aucun lauréat décidé n’est co-financé par cette voie."


@dataclass(frozen=True, slots=True)
class Annex:
    """One document. `blanks`: (dossier, what is to complete), one for each blank of the parts, in their order."""

    file_name: str
    title: str
    introduction: str
    parts: tuple[Section, ...]
    blanks: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Blanks:
    """Collects the blanks of an annex as its cells are written."""

    entries: list[tuple[str, str]] = field(default_factory=list)

    def filled(self, text: str, what: str, line: FinanceLine | None = None) -> str:
        """The text, or a blank that names what is to complete, of a dossier or of the whole annex."""
        return text or self.pending(f"{what} à compléter", line)

    def pending(self, what: str, line: FinanceLine | None = None) -> str:
        """A blank that says what is to do."""
        what = typographic(what)
        self.entries.append((_EVERY_DOSSIER if line is None else f"{line.name} ({line.numero})", what))
        return f"[{what}]"


def annex_of(lines: Sequence[FinanceLine], about: Annex) -> Annex:
    """The annex, or one that says that no laureate goes by that route: nothing is then to complete."""
    return about if lines else replace(about, introduction=_NOBODY, parts=(), blanks=())


def receiver_text(line: FinanceLine, blanks: Blanks) -> str:
    """Who receives the credits, and for whom."""
    words = [blanks.filled(line.receiver, "administration qui reçoit les crédits", line)]
    words += [f"pour {line.host}"] if line.carried and line.host else []
    words += [] if line.agreement or not line.carried else [agreement_text(line, blanks)]
    return "\n".join(words)


def agreement_text(line: FinanceLine, blanks: Blanks) -> str:
    """Whether the convention of portage of a line is signed."""
    if line.agreement:
        return "Signée"
    return blanks.pending("convention à signer" if line.agreement is False else "convention : signée ou non ?", line)


def count_text(line: FinanceLine, blanks: Blanks) -> str:
    """The number of EIG of a line."""
    return blanks.filled("" if line.eig is None else str(line.eig), "nombre d’EIG", line)


def amount_text(line: FinanceLine, blanks: Blanks) -> str:
    """The amount of a line: settled once the talents are recruited, before that a range to settle."""
    words = [] if line.least is None or line.most is None else [euros_text(line.least, line.most)]
    if line.to_check:
        words.append(blanks.pending(f"montant à arrêter, cellules à vérifier : {listed(line.to_check)}", line))
    elif not words:
        words.append(blanks.filled("", "montant", line))
    elif not line.exact:
        words.append(blanks.pending("montant à arrêter après le recrutement", line))
    return "\n".join(words)


def total_text(lines: Iterable[FinanceLine]) -> str:
    """The sum of the amounts of some lines, exact; those that are not known are counted apart."""
    known = [(line.least, line.most) for line in lines if line.least is not None and line.most is not None]
    unknown = sum(line.least is None or line.most is None for line in lines)
    text = euros_text(sum((low for low, _ in known), Decimal(0)), sum((high for _, high in known), Decimal(0)))
    return f"{text}, plus {plural(unknown, 'montant à compléter', 'montants à compléter')}" if unknown else text


def euros_text(least: Decimal, most: Decimal) -> str:
    """36 750,00 €, or « de 36 750,00 € à 42 000,00 € »."""
    low, high = euros(float(least)), euros(float(most))
    return low if least == most else f"de {low} à {high}"


def twice(text: str) -> tuple[str, str]:
    """The same amount as AE and as CP."""
    return text, text


def eig_of(lines: Iterable[FinanceLine]) -> int:
    """How many EIG some lines ask for; those that do not say count for none."""
    return sum(line.eig or 0 for line in lines)


def laureates_text(lines: Sequence[FinanceLine]) -> str:
    """How many laureates go by a route."""
    return plural(len(lines), "projet lauréat co-financé", "projets lauréats co-financés")


def blanks_text(annex: Annex) -> str:
    """How many blanks an annex has, for its head."""
    if not annex.blanks:
        return "Rien à compléter."
    return typographic(f"{plural(len(annex.blanks), 'élément')} à compléter, entre crochets dans les tableaux.")


def document(annex: Annex, campaign: str, banner: str, day: date) -> bytes:
    """The .docx: the same bytes for the same annex, with their checksum. `day`: that of the data."""
    paper = Paper(f"{annex.title} – {campaign}", day)
    paper.title(annex.title, campaign)
    if banner:
        paper.strong(banner)
    paper.strong(blanks_text(annex))
    paper.sentence(annex.introduction)
    paper.sentence(
        f"Document de travail préparé par eig-sheets avec les données du {french_day(day)}, pour les seuls lauréats "
        "décidés. Un montant est prévisionnel jusqu’au recrutement ; ce qui manque est nommé entre crochets."
    )
    for part in annex.parts:
        paper.section(part)
        if not part.rows:
            paper.sentence("Aucun dossier.")
    if annex.blanks:
        paper.heading("À compléter")
        paper.table(("Dossier", "Ce qui manque"), annex.blanks, (8.8, 8.8))
    return archive_with_checksum(paper.saved())
