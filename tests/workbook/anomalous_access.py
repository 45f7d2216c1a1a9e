"""Workbooks that know people, whose access is not as it should be, and all anomalies expected of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from eig_sheets.spreadsheet.model.access import Access, AccessState, Account, OwnRows, Reader, Role
from eig_sheets.spreadsheet.model.capabilities import Capabilities
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from eig_sheets.workbook.readers import access_of
from tests.workbook.snapshots import EVALUATIONS, SCHEMA, at, book

J, E = "Jury", "Évaluations"
CLOSED = AccessState(access=access_of(SCHEMA, ["ada@example.org"]))
Said = tuple[str, Snapshot, tuple[tuple[str, str, str | None], ...]]
"""A name, a workbook, and (code, tab, cell) of each anomaly."""


def known(snapshot: Snapshot, state: AccessState) -> Snapshot:
    """The workbook where people are known by their addresses, and its access stands so."""
    return replace(snapshot, capabilities=Capabilities(row_access=True), access=state)


def cases() -> Iterator[Said]:
    """All of them."""
    yield from _shared()
    yield from _rows()


def _shared() -> Iterator[Said]:
    everybody = (Account("robot@example.org", owns=True), Account("old@example.org"), Account("anna@jury.example"))
    anna = frozenset({Reader("anna@jury.example", Role.JUROR, "anna@jury.example")})
    yield ("a workbook that is closed", known(book(), CLOSED), ())
    opened = AccessState(accounts=everybody, public=True)
    yield ("a workbook that was never closed", known(book(), opened), (("acces_ouvert", J, None),))
    yield ("a workbook that cannot be closed", replace(book(), access=opened), ())
    rules = replace(CLOSED, altered=("« eig-sheets : qui lit » (tout le document)", "la formule « role »"))
    yield ("rules that are not as written", known(book(), rules), (("acces_altere", J, None),))
    unknown = replace(CLOSED, accounts=everybody, readers=anna)
    yield ("an account that reads nothing", known(book(), unknown), (("compte_inconnu", J, None),))
    yield ("a closed workbook with a public link", known(book(), replace(CLOSED, public=True)),
           (("acces_public", J, None),))  # fmt: skip


def _rows() -> Iterator[Said]:
    """Rows whose address is not in the very letters by which their juror signs in, capitals apart."""
    for typed in ("anna@jury.example ", "\u00a0anna@jury.example", "\u200banna@jury.example"):
        rows = [*EVALUATIONS[1:], {**EVALUATIONS[0], "jure": typed}]
        expected = (("ligne_non_vue", E, at("evaluations", "jure", len(rows))),)
        yield (f"a row that its juror does not see: {typed!a}", known(book(evaluations=rows), CLOSED), expected)
    capitals = [{**EVALUATIONS[0], "jure": "ANNA@Jury.example"}, *EVALUATIONS[1:]]
    yield ("a row in capitals", known(book(evaluations=capitals), CLOSED), ())
    unread = [{**EVALUATIONS[0], "jure": "anna"}, *EVALUATIONS[1:]]
    expected = (("email_invalide", E, at("evaluations", "jure")),)
    yield ("a row of nobody", known(book(evaluations=unread), CLOSED), expected)
    elsewhere = replace(CLOSED, access=Access(("jury", "email"), (OwnRows("suivi", "referent", ()),), ()))
    yield ("rows of a tab that is not there", known(book(), elsewhere), ())
