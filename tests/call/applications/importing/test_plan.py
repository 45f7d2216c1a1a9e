"""New, changed, unchanged, drafts and problems."""

from __future__ import annotations

from datetime import datetime

import pytest

from eig_sheets.call.applications.importing.plan import ChangedDossier, Difference, NewDossier
from eig_sheets.call.applications.importing.reading import Export, ExportTable
from tests.call.applications.importing.support import EIG5, HEADERS, codes, export_of, planned, rows_of, sheet

pytestmark = pytest.mark.newest

FULL = {
    "numero": "3712345",
    "etat": "En construction",
    "date_depot": "2021-04-07 22:41:09 +0200",
    "projet": "Phare",
    "administration": "Office des phares",
    "nombre_eig": "2",
    "cout_jusqu_a_5_ans": "61 250,00 €",
    "demande_cofinancement": "Oui",
    "programme": "0352",
    "email_porteur": "Phare@exemple.invalid",
}
IN_SHEET = {
    "numero": 3712345,
    "etat": "En construction",
    "date_depot": datetime(2021, 4, 7, 22, 41, 9),
    "projet": "Phare ",
    "administration": "Office\ndes phares",
    "nombre_eig": 2.0,
    "cout_jusqu_a_5_ans": 61250,
    "demande_cofinancement": True,
    "programme": "0352",
    "email_porteur": "phare@exemple.invalid",
    "commentaire": "vu au téléphone",
}


def test_a_new_dossier_is_typed_for_the_sheet():
    plan = planned(export_of(FULL), sheet())
    assert plan.new == (
        NewDossier(
            "3712345",
            2,
            {
                "numero": "3712345",
                "date_depot": datetime(2021, 4, 7, 22, 41, 9),
                "etat": "En construction",
                "projet": "Phare",
                "administration": "Office des phares",
                "nombre_eig": 2,
                "cout_jusqu_a_5_ans": 61250.0,
                "demande_cofinancement": "oui",
                "programme": "0352",
                "email_porteur": "Phare@exemple.invalid",
            },
        ),
    )
    assert (plan.changed, plan.unchanged, plan.ignored, plan.problems) == ((), 0, 0, ())


@pytest.mark.parametrize(
    ("typed", "local"),
    [
        ("2021-04-07T21:59:59Z", datetime(2021, 4, 7, 23, 59, 59)),
        ("2021-04-07 22:00:00 UTC", datetime(2021, 4, 8)),
        ("07/04/2021 23:59", datetime(2021, 4, 7, 23, 59)),
        (datetime(2021, 4, 7, 23, 59, 58, 999_999), datetime(2021, 4, 7, 23, 59, 59)),
    ],
)
def test_dates_are_written_in_the_campaigns_time_zone(typed, local):
    (dossier,) = planned(export_of(FULL | {"date_depot": typed}), sheet()).new
    assert dossier.values["date_depot"] == local


def test_other_notations_are_no_change():
    plan = planned(export_of(FULL), sheet(IN_SHEET))
    assert (plan.new, plan.changed, plan.unchanged) == ((), (), 1)


def test_a_change_is_reported_field_by_field():
    plan = planned(export_of(FULL | {"nombre_eig": "3", "programme": "217"}), sheet({"numero": "1"}, IN_SHEET))
    assert plan.changed == (
        ChangedDossier(
            "3712345",
            4,
            (
                Difference("programme", "N° de programme budgétaire", "0352", "217"),
                Difference("nombre_eig", "Nombre d’EIG demandés", 2.0, 3),
            ),
        ),
    )
    assert (plan.new, plan.unchanged) == ((), 0)


def test_a_blank_in_the_export_is_no_change_but_a_blank_in_the_sheet_is():
    assert planned(export_of(FULL | {"programme": None}), sheet(IN_SHEET)).unchanged == 1
    (changed,) = planned(export_of(FULL), sheet(IN_SHEET | {"programme": None})).changed
    assert changed.differences == (Difference("programme", "N° de programme budgétaire", None, "0352"),)


def test_a_field_that_the_sheet_has_no_column_for_is_not_compared():
    present = sheet(IN_SHEET | {"programme": "217"}).drop(columns="programme")
    assert planned(export_of(FULL), present).unchanged == 1


@pytest.mark.parametrize("state", ["Brouillon", "brouillon ", "BROUILLON", "en_construction_brouillon"])
def test_drafts_are_counted_and_ignored(state):
    plan = planned(export_of(FULL | {"etat": state}), sheet())
    assert (plan.new, plan.ignored, plan.problems) == ((), 1, ())


def test_rows_without_number_and_duplicate_numbers_are_reported_with_their_row():
    again = FULL | {"projet": "Phare bis"}
    plan = planned(export_of(FULL, {"projet": "Sans numéro"}, {}, again), sheet())
    assert [dossier.values["projet"] for dossier in plan.new] == ["Phare"]
    assert [(problem.code, problem.row) for problem in plan.problems] == [
        ("dossier_sans_numero", 3),
        ("dossier_en_double_dans_l_export", 5),
    ]
    assert "lignes 2 et 5" in plan.problems[1].message


def test_a_total_under_the_dossiers_of_an_export_is_not_imported():
    plan = planned(export_of(FULL, {"numero": "Total", "projet": "1"}, {"numero": "Sous-total : 1"}), sheet())
    assert [dossier.values["projet"] for dossier in plan.new] == ["Phare"]
    problems = [(problem.code, problem.row) for problem in plan.problems]
    assert problems == [("ligne_sans_dossier", 3), ("ligne_sans_dossier", 4)]


def test_a_duplicate_number_in_the_tab_is_reported_and_not_compared():
    plan = planned(export_of(FULL | {"projet": "Autre"}), sheet(IN_SHEET, IN_SHEET))
    assert (plan.new, plan.changed, plan.unchanged) == ((), (), 0)
    assert codes(plan) == ["dossier_en_double"]
    assert "lignes 3 et 4" in plan.problems[0].message.replace("\u202f", " ")


def test_an_unreadable_value_is_kept_as_text_and_reported():
    strange = FULL | {"cout_jusqu_a_5_ans": "voir la paie", "email_porteur": "phare chez exemple", "date_depot": "hier"}
    plan = planned(export_of(strange), sheet())
    assert plan.new[0].values["cout_jusqu_a_5_ans"] == "voir la paie"
    assert plan.new[0].values["email_porteur"] == "phare chez exemple"
    assert plan.new[0].values["date_depot"] == "hier"
    assert codes(plan) == ["valeur_illisible"] * 3
    assert not plan.blocked
    again = planned(export_of(strange), sheet(plan.new[0].values))
    assert (again.unchanged, again.problems) == (1, ())


def test_a_formula_in_the_export_stays_text():
    (dossier,) = planned(export_of(FULL | {"projet": '=IMPORTXML("http://exemple.invalid")'}), sheet()).new
    assert dossier.values["projet"] == '=IMPORTXML("http://exemple.invalid")'


@pytest.mark.parametrize(("letter", "units", "length"), [("é", 1, 200_000), ("é", 1, 32_768), ("😀", 2, 20_000)])
def test_a_text_longer_than_a_cell_says_where_it_is_cut_and_is_then_unchanged(letter, units, length):
    long = FULL | {"projet": letter * length, "email_porteur": letter * length}
    plan = planned(export_of(long), sheet())
    written = plan.new[0].values["projet"].replace("\u202f", " ")
    count = f"{length:,}".replace(",", " ")
    mention = f"… [Coupé ici à l’import : {count} caractères ; le texte entier est dans l’export]"
    assert written == letter * ((32_767 - len(mention)) // units) + mention
    assert codes(plan) == ["texte_coupe", "valeur_illisible", "texte_coupe"]
    assert planned(export_of(long), sheet(plan.new[0].values)).unchanged == 1


def test_a_text_that_just_fits_is_whole():
    plan = planned(export_of(FULL | {"projet": "é" * 32_767}), sheet())
    assert (plan.new[0].values["projet"], plan.problems) == ("é" * 32_767, ())


def test_headers_are_recognised_however_they_are_written():
    rows = rows_of(FULL)
    rows[0] = [f"  {header.upper().replace('’', chr(39))}\n" for header in HEADERS.values()]
    export = Export("export.xlsx", (ExportTable("Dossiers", tuple(map(tuple, rows))),))
    assert planned(export, sheet()) == planned(export_of(FULL), sheet())


def test_the_first_sheet_with_numbers_is_used_and_a_title_above_the_headers_is_passed():
    rows = [["Export du 8 avril"], *rows_of(FULL)]
    tables = (ExportTable("Avis", (("Avis",),)), ExportTable("Dossiers", tuple(map(tuple, rows))))
    (dossier,) = planned(Export("export.xlsx", tables), sheet()).new
    assert (dossier.number, dossier.row) == ("3712345", 3)


def test_without_a_number_column_nothing_is_imported_and_the_closest_header_is_named():
    rows = [["N° dossiers", "Nom du projet"], ["3712345", "Phare"]]
    plan = planned(Export("export.csv", (ExportTable("export", tuple(map(tuple, rows))),)), sheet())
    assert plan.blocked
    assert plan.new == ()
    assert codes(plan) == ["colonne_numero_absente"]
    assert "N° dossiers" in plan.problems[0].remedy


def test_columns_that_no_field_takes_are_listed_without_the_platforms_own():
    rows = [[*HEADERS.values(), "Archivé", "Adresse\nde l’accueil", None], [*FULL.values(), "Non", "Paris", None]]
    plan = planned(Export("export.csv", (ExportTable("export", tuple(map(tuple, rows))),)), sheet())
    assert plan.unmapped == ("Adresse de l’accueil",)


def test_an_unknown_field_of_the_configuration_is_reported_with_the_closest_one():
    settings = EIG5.imports.model_copy(update={"fields": {**EIG5.imports.fields, "projett": ("Nom du projet",)}})
    plan = planned(export_of(FULL), sheet(), settings)
    assert codes(plan) == ["champ_inconnu"]
    assert "projet" in plan.problems[0].remedy
    assert len(plan.new) == 1


def test_amounts_compare_to_the_cent():
    present = sheet(IN_SHEET | {"cout_jusqu_a_5_ans": 61250 / 3})
    assert planned(export_of(FULL | {"cout_jusqu_a_5_ans": "20416,67"}), present).unchanged == 1
    assert planned(export_of(FULL | {"cout_jusqu_a_5_ans": "20416,68"}), present).unchanged == 0


def test_line_breaks_are_written_as_a_spreadsheet_does():
    (dossier,) = planned(export_of(FULL | {"administration": "Office\r\ndes\rphares"}), sheet()).new
    assert dossier.values["administration"] == "Office\ndes\nphares"


def test_a_sheet_whose_columns_pandas_typed_reads_the_same():
    present = sheet(IN_SHEET, {"numero": 7}).infer_objects().astype({"date_depot": "datetime64[us]"})
    (changed,) = planned(export_of(FULL, FULL | {"numero": "7"}), present).changed
    assert {difference.in_sheet for difference in changed.differences} == {None}
    assert len(changed.differences) == 9


def rows(*lines):
    return Export("export.csv", (ExportTable("export", lines),))


def said(plan):
    return [f"{problem.message} {problem.remedy}".replace("\u202f", " ") for problem in plan.problems]


def test_two_columns_of_numbers_block_the_import():
    plan = planned(rows(("ID", "Nom du projet", " id "), ("900001", "Un", "55")), sheet())
    assert plan.blocked
    assert (plan.new, codes(plan)) == ((), ["colonne_numero_en_double"])
    [sentence] = said(plan)
    assert sentence == (
        "« export.csv », ligne 1 : « ID » est l’en-tête de plusieurs colonnes (A et C), et rien ne dit laquelle est le "
        "numéro. Aucun dossier n’est importé. Renommez l’en-tête de celle qui ne l’est pas, puis relancez l’import."
    )


def test_two_columns_of_another_field_are_told_and_the_first_is_read():
    plan = planned(rows(("ID", "Nom du projet", "Nom du projet"), ("900001", "Un", "Deux")), sheet())
    assert plan.new[0].values == {"numero": "900001", "projet": "Un"}
    assert (codes(plan), plan.unmapped) == (["colonne_en_double"], ())
    assert (
        "« Nom du projet » est l’en-tête de plusieurs colonnes (B et C) ; seule la première est lue." in said(plan)[0]
    )


def test_a_row_that_is_cut_or_shifted_is_told_and_not_imported():
    headers = ("ID", "Nom du projet", "Fiche détaillée")
    cut, shifted = ("900001", "Un"), ("900002", "Deux", "f", "de trop")
    plan = planned(rows(headers, cut, shifted, ("900003", "Trois", "f", None), ("900004", "Quatre", None)), sheet())
    assert [dossier.number for dossier in plan.new] == ["900003", "900004"]
    assert [(problem.code, problem.row) for problem in plan.problems] == [
        ("dossier_incomplet", 2),
        ("dossier_decale", 3),
    ]
    assert "2 cellules pour 3 colonnes" in said(plan)[0]
    assert "4 cellules pour 3 colonnes" in said(plan)[1]


def test_headers_that_end_with_blanks_ask_for_no_cell():
    plan = planned(
        rows(("ID", "Nom du projet", None, None), ("900001", "Un"), ("900002", "Deux", None, "note")), sheet()
    )
    assert ([dossier.number for dossier in plan.new], plan.problems) == (["900001", "900002"], ())


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        ("900\u200b001", "« 900⟨U+200B⟩001 » a un caractère invisible (U+200B)"),
        ("\u202e100009", "« ⟨U+202E⟩100009 » a un caractère invisible (U+202E)"),
        ("９００００１", "« ９００００１ » a un signe trompeur, « ９ » (U+FF19) au lieu de « 9 »"),
        ("900002\n900003,Trois", "« 900002⟨U+000A⟩900003,Trois » a un saut de ligne"),
        ("9" * 101, f"« {'9' * 59}… » a plus de 100 caractères"),
    ],
)
def test_a_number_that_looks_like_another_is_told_and_not_imported(number, wrong):
    plan = planned(export_of(FULL | {"numero": number}, FULL), sheet())
    assert [dossier.number for dossier in plan.new] == ["3712345"]
    assert codes(plan) == ["dossier_numero_inutilisable"]
    assert said(plan)[0].startswith(f"Ligne 2 de l’export : le numéro {wrong}. La ligne n’est pas importée.")


def test_spaces_and_marks_around_a_number_do_not_count():
    (dossier,) = planned(export_of(FULL | {"numero": "\ufeff 3712345\u200b\u00a0"}), sheet()).new
    assert dossier.number == "3712345"
