"""Whatever a cell can hold, with a taste for what is nearly right, for Hypothesis."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from eig_sheets.spreadsheet.model.cells import CellError, CellValue, Uncomputed

NEARLY = st.sampled_from(
    [
        "101", "102", "999", " 101\u00a0", "anna@jury.example", "bob@jury.example", "zoe@jury.example", "anna", "oui",
        "non", "NSP", "3,5", "3.5", "5", "0", "Lauréat", "Présélectionné", "Écarté – insuffisant", "Liste d’attente",
        "Désisté", "Favorable", "61 250,00 €", "61.250", "30 %", "%", "€", "07/04/2021 23:59", "2021-04-07T22:00:00Z",
        "9999-12-31T23:59:59Z", "101 ; Direction des phares", "Direction des phares", "Retenu", "=1+1", " ", "\u202f",
        "9" * 400, "a" * 40_000, "#REF!", "{value}", "%s", "Administration centrale", "Opérateur",
    ]
)  # fmt: skip
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NUMBERS = st.one_of(
    st.floats(allow_nan=True, allow_infinity=True), st.integers(-(10**320), 10**320), st.sampled_from([101.0, 102, 0.0])
)
MOMENTS = st.one_of(
    st.datetimes(datetime.min, datetime.max), st.dates(date.min, date.max), st.times(),
    st.timedeltas(timedelta(-10_000), timedelta(10_000)),
    st.sampled_from([datetime(2021, 5, 3), datetime(2021, 4, 8), date(2021, 4, 7), time(3, 5)]),
)  # fmt: skip
BROKEN = st.one_of(
    st.sampled_from(["#REF!", "#N/A", "#VALUE!", "#DIV/0!"]).map(CellError), st.builds(Uncomputed, st.just("A1+1"))
)

CELLS: st.SearchStrategy[CellValue] = st.one_of(
    st.none(), NEARLY, NEARLY, TEXTS, NUMBERS, st.booleans(), MOMENTS, BROKEN
)
