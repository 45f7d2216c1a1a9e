"""The tabs that sum up the table of the finance department: the décret by programme, délégations, conventions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from eig_sheets.call.cofinancing.cofinancement import AFTER_RECRUITMENT, PROVISIONAL
from eig_sheets.call.cofinancing.finance.annex import eig_of, total_text
from eig_sheets.call.cofinancing.finance.lines import TITLE, FinanceLine, ProgrammeTable, programme_table
from eig_sheets.call.cofinancing.words import between
from eig_sheets.domain.cofinancing_rules import CofinancingRules
from eig_sheets.spreadsheet.model.cells import WrittenValue
from eig_sheets.spreadsheet.model.sheet import Column, Format
from eig_sheets.text.french import listed, plural, typographic

Row = Sequence[WrittenValue]
_TO_COMPLETE = "à compléter"
_PROGRAMMES = (
    Column("Mission", Format.WRAPPED, 34),
    Column("Programme", width=12),
    Column("Intitulé", Format.WRAPPED, 40),
    Column("Titre", width=7),
    Column("EIG", Format.INTEGER, 7),
    Column("Minimum (€)", Format.INTEGER, 14, "En euros entiers, arrondis aux plus forts restes : le total est exact."),
    Column("Maximum (€)", Format.INTEGER, 14, "Le même montant que le minimum, une fois tous les EIG recrutés."),
    Column("Nature", width=18),
    Column("Dossiers", Format.WRAPPED, 30),
    Column("À savoir", Format.WRAPPED, 34),
)
_DELEGATIONS = (
    Column("N° de dossier", width=15),
    Column("Nom du projet", Format.WRAPPED, 28),
    Column("Délégataire", Format.WRAPPED, 34),
    Column(
        "Pour", Format.WRAPPED, 30, "L’administration d’accueil, quand un porteur administratif reçoit les crédits."
    ),
    Column("EIG", Format.INTEGER, 7),
    Column("Montant minimum", Format.EURO, 18),
    Column("Montant maximum", Format.EURO, 18),
    Column("Nature", width=18),
)
_AGREEMENTS = (
    Column("Porteur administratif", Format.WRAPPED, 34),
    Column("Convention", width=18),
    Column("N° de dossier", width=15),
    Column("Nom du projet", Format.WRAPPED, 28),
    Column("Administration d’accueil", Format.WRAPPED, 30),
    Column("Crédits par", width=22),
    Column("EIG", Format.INTEGER, 7),
    Column("Montant minimum", Format.EURO, 18),
    Column("Montant maximum", Format.EURO, 18),
)


@dataclass(frozen=True, slots=True)
class SummaryTab:
    """A tab: its name, its columns and its rows."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def summary_tabs(lines: Sequence[FinanceLine], rules: CofinancingRules) -> tuple[SummaryTab, ...]:
    """The tabs of the decided laureates that ask for a co-financing."""
    return (
        SummaryTab("Programmes", _PROGRAMMES, tuple(_programmes(programme_table(lines, rules)))),
        SummaryTab("Délégations", _DELEGATIONS, tuple(_delegations([line for line in lines if line.by_delegation]))),
        SummaryTab("Conventions", _AGREEMENTS, tuple(_agreements(line for line in lines if line.carried))),
    )


def agreements_text(lines: Iterable[FinanceLine]) -> str:
    """How many conventions of portage are signed, and which are not, by porteur; '' when nobody needs one."""
    carried = [line for line in lines if line.carried]
    if not carried:
        return ""
    signed = sum(line.agreement is True for line in carried)
    text = f"Conventions de portage : {plural(signed, 'signée', 'signées')}"
    missing = [
        f"{line.carrier or 'porteur à trouver'} ({line.numero})" for line in _by_carrier(carried) if not line.agreement
    ]
    return f"{text}, {len(missing)} à signer ou à préciser : {listed(missing)}." if missing else f"{text}."


def decree_text(table: ProgrammeTable) -> str:
    """What the paying programme gives up by décret, exactly; '' when there is no décret."""
    if not table.lines:
        return ""
    payer = f"programme {table.payer}" if table.payer else "programme qui paie, à compléter"
    of = f" (mission « {table.payer_mission} »)" if table.payer_mission else ""
    given_up = between(Decimal(table.least), Decimal(table.most))
    lines = plural(len(table.lines), "programme crédité", "programmes crédités")
    return f"Décret de transfert : {given_up} annulés sur le {payer}{of}, pour {table.eig} EIG, {lines}."


def delegations_text(lines: Iterable[FinanceLine]) -> str:
    """What délégations de gestion give, apart from any décret; '' when there is none."""
    delegated = [line for line in lines if line.by_delegation]
    if not delegated:
        return ""
    count = plural(len(delegated), "délégation de gestion", "délégations de gestion")
    return f"À part, {count} : {total_text(delegated)}, pour {eig_of(delegated)} EIG."


def _programmes(table: ProgrammeTable) -> Iterator[Row]:
    for line in table.lines:
        unknown = plural(line.unknown, "montant inconnu compte pour zéro", "montants inconnus comptent pour zéro")
        yield (
            line.mission or _TO_COMPLETE, line.number or _TO_COMPLETE, line.name or None, TITLE, line.eig, line.least,
            line.most, _nature(exact=line.exact), ", ".join(line.dossiers), f"{unknown}." if line.unknown else None,
        )  # fmt: skip
    if table.lines:
        given_up = f"Annulé sur le programme {table.payer or _TO_COMPLETE}"
        mission = f"Mission : {table.payer_mission or _TO_COMPLETE}."
        yield (
            "Total", None, given_up, TITLE, table.eig, table.least, table.most, _nature(exact=table.exact), None,
            typographic(mission),
        )  # fmt: skip


def _delegations(lines: Sequence[FinanceLine]) -> Iterator[Row]:
    for line in lines:
        host = line.host if line.carried else None
        yield (
            line.numero, line.name, line.receiver or _TO_COMPLETE, host, line.eig, _euros(line.least),
            _euros(line.most), _nature(exact=line.exact),
        )  # fmt: skip
    if lines:
        ends = zip(*((line.least, line.most) for line in lines), strict=True)
        sums = [float(sum((amount or Decimal(0) for amount in end), Decimal(0))) for end in ends]
        eig = sum(line.eig or 0 for line in lines)
        yield ("Total", None, None, None, eig, *sums, _nature(exact=all(line.exact for line in lines)))


def _agreements(lines: Iterable[FinanceLine]) -> Iterator[Row]:
    for line in _by_carrier(lines):
        state = {True: "signée", False: "à signer"}.get(line.agreement, "signée ou non ?")  # type: ignore[arg-type]
        route = "Décret de transfert" if line.by_decree else "Délégation de gestion" if line.by_delegation else None
        yield (
            line.carrier or _TO_COMPLETE, typographic(state), line.numero, line.name, line.host or None,
            route or _TO_COMPLETE, line.eig, _euros(line.least), _euros(line.most),
        )  # fmt: skip


def _by_carrier(lines: Iterable[FinanceLine]) -> list[FinanceLine]:
    return sorted(lines, key=lambda line: (not line.carrier, line.carrier))


def _euros(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


def _nature(*, exact: bool) -> str:
    return AFTER_RECRUITMENT if exact else PROVISIONAL
