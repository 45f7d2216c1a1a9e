"""What imports brought, written in the hidden column of `Modifications reçues` and read back from it."""

from __future__ import annotations

import random
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.call.applications.importing.waiting_records import genuine_cells, packed, unpacked
from eig_sheets.call.applications.modifications import MOST_LINES, TABLE, ReceivedChange, ReceivedChanges, rows
from eig_sheets.spreadsheet.model.cells import MAX_TEXT, as_read, text_length
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.storage.imported_dossiers import ImportedDossiers, KnownDossier, WaitingValue
from tests.effort import examples

MINUTES = st.datetimes(datetime(2021, 1, 1), datetime(2021, 12, 31)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)
FIELDS = st.sampled_from(["projet", "nombre_eig", "resume"])
TEXTS = st.text("aé'\"{}[],: \n0", min_size=1, max_size=8)
DOSSIERS = st.builds(
    KnownDossier,
    st.dictionaries(FIELDS, st.text("abcXYZ019-_", min_size=8, max_size=8), max_size=3),
    st.dictionaries(FIELDS, st.builds(WaitingValue, TEXTS, MINUTES, st.none() | MINUTES), max_size=2),
)


def tab(known: ImportedDossiers, shuffled: random.Random | None = None) -> TabSnapshot:
    """The tab as it reads once written; people may have sorted it."""
    lines = tuple(
        ReceivedChange(number, field, "Dossiers", "A1", "A1", "ici", value.value, value.since, value.updated)
        for number, dossier in known.dossiers.items()
        for field, value in dossier.waiting.items()
    )
    written = [[as_read(cell) for cell in row] for row in rows(ReceivedChanges(lines, packed(known)))]
    if shuffled:
        shuffled.shuffle(written)
    return TabSnapshot("Modifications reçues", [["⚠ Démonstration"], [*TABLE.sheet_headers], *written])


@given(st.dictionaries(st.text("0123456789", min_size=1), DOSSIERS, max_size=6), st.randoms())
def test_what_is_written_is_read_back_however_people_sorted_it(dossiers, chance):
    known = ImportedDossiers(dossiers)
    read_back = unpacked(tab(known, chance))
    assert read_back.dossiers == dossiers
    assert {*read_back.fingerprints} == {*packed(known)}


def test_many_dossiers_take_several_cells_none_too_long():
    fields = {f"champ_{place}": "a" * 8 for place in range(32)}
    known = ImportedDossiers({str(3_700_000 + number): KnownDossier(fields) for number in range(300)})
    cells = packed(known)
    assert 2 < len(cells) < 6
    assert max(map(len, cells)) < MAX_TEXT
    assert unpacked(tab(known)).dossiers == known.dossiers


@pytest.mark.slow
@given(st.integers(0, 10**6).map(random.Random), st.integers(1, 400), st.sampled_from([0.02, 0.3, 0.9]))
@settings(max_examples=examples(20))
def test_however_sparse_dossiers_are_no_cell_is_too_long(chance, count, filled):
    fields = [f"{place}_{'é' * chance.randrange(24)}" for place in range(chance.randrange(1, 200))]
    most_waiting = min(len(fields), MOST_LINES // count)
    since = datetime(2021, 4, 1)

    def dossier() -> KnownDossier:
        imported = {field: "abcd1234" for field in fields if chance.random() < filled}
        named = chance.sample(fields, chance.randint(0, most_waiting))
        return KnownDossier(imported, {field: WaitingValue("x", since) for field in named})

    known = ImportedDossiers({str(3_700_000 + number): dossier() for number in range(count)})
    cells = packed(known)
    assert max(map(text_length, cells)) < MAX_TEXT
    assert unpacked(tab(known)).dossiers == known.dossiers


def test_a_cell_that_somebody_edited_is_not_believed():
    known = ImportedDossiers({"101": KnownDossier({"projet": "a" * 8})})
    [cell] = packed(known)
    for edited in (cell.replace("101", "102"), cell[:-1], "", "à nous", 3.0):
        row = [None] * (len(TABLE.sheet_headers) - 1) + [edited]
        assert genuine_cells(TabSnapshot("T", [[*TABLE.sheet_headers], row])) == ()
    assert unpacked(None) == ImportedDossiers()
