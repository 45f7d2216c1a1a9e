"""Workbooks whose definitions or sends others altered, as a backend that tells it reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.spreadsheet.model.snapshot import Alteration, Snapshot, TabSnapshot
from eig_sheets.workbook import envois
from tests.workbook.snapshots import at, book, schema, tabs_with

C = "Candidatures"
Expected = tuple[tuple[str, str, str | None], ...]
DECISION = schema("candidatures").field("decision").header
SENT = envois.Sending(
    "non_retenu-101", "non_retenu", "101", "a@example.org", "Objet", DeliveryStatus.SENT,
    moment=datetime(2021, 4, 20, 9), fingerprint="0" * 10,
)  # fmt: skip
OTHER = envois.Sending("non_retenu-102", "non_retenu", "102", None, None, DeliveryStatus.OBSOLETE)
FORGOTTEN: Expected = (("envois_incomplets", "Envois", None),)


def with_sends(*shown: envois.Sending, sent: tuple[envois.Sending, ...] = (SENT, OTHER)) -> Snapshot:
    """A workbook whose `Envois` shows some lines, and that keeps apart what left of others."""
    tab = TabSnapshot("Envois", (envois.TABLE.sheet_headers, *envois.TABLE.cells(shown)), mark="envois")
    return replace(tabs_with(tab), sent=envois.sent_marks(envois.TABLE.cells(sent)))


def altered(*alterations: Alteration) -> Snapshot:
    return replace(tabs_with(TabSnapshot("Classement", (("Rang",),), mark="classement")), alterations=alterations)


def cases() -> Iterator[tuple[str, Snapshot, Expected]]:
    """What each is, and the anomalies that it has: (code, tab, cell)."""
    yield "what left is told", with_sends(SENT, OTHER), ()
    yield "a line more than what left", with_sends(SENT, OTHER, replace(SENT, id="non_retenu-103")), ()
    later, unsent = replace(SENT, moment=datetime(2021, 4, 21)), replace(SENT, state=DeliveryStatus.TO_APPROVE)
    for name, shown in (
        ("is gone", ()), ("says another hour", (later,)), ("says that it did not leave", (unsent,)),
        ("says that and the contrary", (SENT, unsent)), ("has lost its fingerprint", (replace(SENT, fingerprint=""),)),
    ):  # fmt: skip
        yield f"the line of what left {name}", with_sends(*shown), FORGOTTEN
    yield "Envois is gone, and what left is known", replace(book(), sent=with_sends().sent), FORGOTTEN
    yield "a write of ours was interrupted", replace(with_sends(), interrupted=True), ()
    formula = Alteration("colonne_en_formule", C, DECISION, "'Lauréat'")
    yield (
        "a column that decides computes",
        altered(formula),
        (("colonne_en_formule", C, at("candidatures", "decision", 0)),),
    )
    yield "a column of theirs computes", altered(replace(formula, column="Projet"), replace(formula, tab="Autre")), ()
    retyped = Alteration("table_alteree", "Classement", "Rang", "Text")
    yield "a robot's column has another type", altered(retyped), (("table_alteree", "Classement", None),)
    yield "a table that the campaign does not have", altered(replace(retyped, tab="Autre")), ()
    forms = [Alteration("formulaire_publie", tab) for tab in (C, "Jury", "Classement", "Autre")]
    told = (
        ("formulaire_publie", C, None),
        ("formulaire_ouvert", "Jury", None),
        ("formulaire_ouvert", "Classement", None),
    )
    yield "published forms", altered(*forms), told
    sends = replace(with_sends(SENT), alterations=(Alteration("formulaire_publie", "Envois"),))
    yield "a form that adds sends", sends, (("formulaire_publie", "Envois", None),)
