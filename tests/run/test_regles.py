"""The rows of `Règles du jeu`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from eig_sheets.call.rules import regles
from eig_sheets.call.rules.regles import RecordedRule
from eig_sheets.text.french import typographic
from tests.run.tables import by_header

SINCE = datetime(2021, 4, 12, 8)
TARGET = RecordedRule("Nombre de projets", "20", "20", SINCE, "Configuration : appel")


@pytest.mark.parametrize(
    ("now", "finding"), [("20", "Inchangé"), ("21", "Changé"), ("", "Changé"), (None, None)]
)  # fmt: skip
def test_a_row_says_whether_the_current_value_is_the_recorded_one(now, finding):
    [row] = by_header(regles.TABLE.sheet_columns, regles.TABLE.cells([replace(TARGET, now=now)]))
    assert (row["Enregistré"], row["Actuel"], row["Constat"], row["Enregistré le"]) == ("20", now, finding, SINCE)
    assert row["Précision"] == typographic("Configuration : appel")


def test_the_checksum_changes_with_what_was_recorded_alone():
    [row] = by_header(regles.TABLE.sheet_columns, regles.TABLE.cells([TARGET]))
    assert row["Empreinte"] == TARGET.checksum
    same = (replace(TARGET, now="21"), replace(TARGET, detail=""))
    other = (
        replace(TARGET, name="Cible"),
        replace(TARGET, recorded="21"),
        replace(TARGET, since=datetime(2021, 4, 13)),
    )
    assert {rule.checksum for rule in same} == {TARGET.checksum}
    assert len({TARGET.checksum, *(rule.checksum for rule in other)}) == 4


def test_what_is_not_recorded_has_no_checksum():
    [row] = by_header(regles.TABLE.sheet_columns, regles.TABLE.cells([replace(TARGET, since=None, detail="")]))
    assert (row["Empreinte"], row["Précision"]) == (None, None)
