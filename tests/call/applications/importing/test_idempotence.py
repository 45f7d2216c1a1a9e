"""Importing twice changes nothing, whatever the export holds and however it was saved."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from eig_sheets import sample
from eig_sheets.call.applications.importing.reading import Export, ExportTable, read_export
from tests.call.applications.importing.support import csv_bytes, planned, rows_of, sheet, xlsx
from tests.sample.support import raw

# What people paste: printable text with accents, quotes, separators, line breaks and odd spaces.
TEXTS = st.text(st.sampled_from('aé’«»";,\t\n\r 0123=+@-/%€\u00a0\u202f'), max_size=12)
NUMBERS = st.integers(1, 30).map(str) | TEXTS
DATES = st.datetimes(datetime(2021, 2, 1), datetime(2021, 4, 9)).map(lambda moment: f"{moment:%d/%m/%Y %H:%M:%S}")
DOSSIERS = st.lists(
    st.fixed_dictionaries(
        {"numero": NUMBERS},
        optional={
            "etat": st.sampled_from(["En construction", "Brouillon"]),
            "date_depot": DATES | TEXTS,
            "projet": TEXTS,
            "nombre_eig": st.sampled_from(["2", "3", "2,0", "deux"]) | TEXTS,
            "cout_jusqu_a_5_ans": st.floats(0, 1e6).map(str) | st.sampled_from(["61 250,00 €", "61.250"]) | TEXTS,
            "demande_cofinancement": st.sampled_from(["Oui", "Non", "peut-être"]),
            "programme": TEXTS,
            "email_porteur": st.sampled_from(["A@exemple.invalid", "sans arobase"]) | TEXTS,
        },
    ),
    max_size=8,
)


def export_of(dossiers) -> Export:
    return Export("export", (ExportTable("export", tuple(map(tuple, rows_of(*dossiers)))),))


@given(DOSSIERS)
def test_a_second_import_finds_nothing_new_and_nothing_changed(dossiers):
    export = export_of(dossiers)
    first = planned(export, sheet())
    second = planned(export, sheet(*(dossier.values for dossier in first.new)))
    assert (second.new, second.changed) == ((), ())
    assert second.unchanged == len(first.new)
    assert second.ignored == first.ignored


@given(DOSSIERS)
def test_every_row_of_the_export_is_accounted_for(dossiers):
    plan = planned(export_of(dossiers), sheet())
    filled = [dossier for dossier in dossiers if any(str(cell).strip() for cell in dossier.values())]
    told = [problem for problem in plan.problems if problem.code.startswith("dossier_")]
    assert len(plan.new) + plan.ignored + len(plan.in_doubt) + len(told) == len(filled)


@given(DOSSIERS, st.sampled_from([",", ";", "\t"]), st.sampled_from(["utf-8-sig", "utf-8", "utf-16"]))
def test_the_way_a_csv_is_saved_does_not_matter(dossiers, separator, encoding):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        path.write_bytes(csv_bytes(rows_of(*dossiers), separator, encoding))
        assert planned(read_export(path), sheet()) == planned(export_of(dossiers), sheet())


def test_the_samples_own_export_has_two_new_dossiers_a_change_and_a_draft(tmp_path):
    export = read_export(sample.write_export(tmp_path))
    present = raw("candidatures")
    plan = planned(export, present)
    assert [dossier.values["projet"] for dossier in plan.new] == ["Cloche à fromages", "Nuage de signatures"]
    (changed,) = plan.changed
    assert [difference.field for difference in changed.differences] == ["nombre_eig", "email_porteur"]
    assert (plan.unchanged, plan.ignored, plan.problems) == (1, 1, ())
    assert plan.unmapped == ("Adresse de l’administration d’accueil",)


def test_the_same_export_as_xlsx_gives_the_same_plan(tmp_path):
    export = read_export(sample.write_export(tmp_path))
    path = xlsx(tmp_path / "export.xlsx", {"Avis": [["Avis"]], "Dossiers": export.tables[0].rows})
    assert planned(read_export(path), raw("candidatures")) == planned(export, raw("candidatures"))
