"""Fictional laureates that ask for a co-financing, by every route."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from eig_sheets.call.results import compute
from eig_sheets.campaign.reading import read
from tests.call.report.support import Case
from tests.columns import EIG5
from tests.workbook.snapshots import book, dossier, evaluation, juror, tab

DAY = date(2021, 10, 4)
CENTRAL, ECONOMIC, OPERATOR = "Administration centrale", "Ministères économiques et financiers", "Opérateur"


def laureate(numero: str, **more: Any) -> dict[str, Any]:
    """A laureate that the décret de transfert pays."""
    usual = {
        "projet": f"Projet {numero}", "administration": f"Direction {numero}", "type_administration": CENTRAL,
        "programme": "113", "nombre_eig": 2, "cout_jusqu_a_5_ans": 61250, "cout_plus_de_5_ans": 70000,
        "demande_cofinancement": "oui", "email_gestion": f"gestion-{numero}@example.org", "decision": "Lauréat",
        "siret": 13002526500013.0, "date_depot": datetime(2021, 3, 1),
    }  # fmt: skip
    return dossier(numero, **(usual | more))


def carried(numero: str, **more: Any) -> dict[str, Any]:
    """A laureate whose porteur administratif receives the credits."""
    usual = {
        "type_administration": OPERATOR, "porteur": f"Ministère {numero}", "type_porteur": CENTRAL,
        "convention": "oui",
    }  # fmt: skip
    return laureate(numero, **(usual | more))


EVERY_ROUTE = (
    laureate("101"),
    laureate("102", cout_jusqu_a_5_ans=61250.1, programme="217"),
    laureate("103"),
    laureate("104", programme=None, email_gestion=None),
    laureate("105", type_administration=ECONOMIC, programme=None),
    carried("106"),
    carried("107", convention="non", type_porteur=ECONOMIC),
    carried("108", porteur=None, type_porteur=None, convention=None, nombre_eig=None),
    laureate("109", demande_cofinancement="non"),
    laureate("110", decision="Désisté"),
    laureate("111", nombre_eig=5),
    laureate("112", decision="Liste d’attente"),
    laureate("113", preselection="Écarté – insuffisant"),
)


def campaign(*rows: dict[str, Any], talents: Sequence[dict[str, Any]] = (), **cofinancing: Any) -> Case:
    """A campaign of those dossiers, EVERY_ROUTE without any."""
    rules = EIG5.model_copy(update={"cofinancing": EIG5.cofinancing.model_copy(update=cofinancing)}).set_path(EIG5.path)
    others = [tab("talents", talents)] if talents else []
    reading = read(book(rows or EVERY_ROUTE, [juror("ada")], [evaluation("101", "ada")], *others), rules)
    assert not reading.problems
    return Case(reading, compute(reading), rules)
