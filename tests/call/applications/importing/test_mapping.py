"""The mapping of an export: certainties, names of repeated and joined columns, and what is required."""

from __future__ import annotations

import pytest

from eig_sheets.call.applications.importing.kinds import PROJECTS
from eig_sheets.call.applications.importing.mapping import Certainty, mapping_of
from eig_sheets.call.applications.importing.reading import Export, ExportTable
from eig_sheets.config.export_columns import ColumnRule
from tests.call.applications.importing.support import EIG5, codes, planned, sheet
from tests.sample.support import schema

pytestmark = pytest.mark.newest

REQUIRED = PROJECTS.required_of(EIG5)


def export(*rows):
    return Export("export.csv", (ExportTable("export", rows),))


def mapped(*rows, settings=EIG5.imports, required=REQUIRED):
    return mapping_of(export(*rows), settings, schema().tab("candidatures"), required, EIG5.zone)


def with_fields(**fields):
    return EIG5.imports.model_copy(update={"fields": {**EIG5.imports.fields, **fields}})


def test_a_column_is_exact_an_alias_likely_or_nowhere_with_three_values():
    headers = ("ID", "Nom du projet", "Structure d’accueil", "Adresse", "Archivé")
    rows = [(str(n), "Phare", f"Office {n}", "x" * 40, "Non") for n in range(1, 6)]
    result = mapped(headers, *rows, (None,) * 5)
    assert [
        (column.header, column.certainty, column.fields, column.values, column.is_standard) for column in result.columns
    ] == [
        ("ID", Certainty.ALIAS, ("N° de dossier",), ("1", "2", "3"), True),
        ("Nom du projet", Certainty.EXACT, ("Nom du projet",), ("Phare",), False),
        (headers[2], Certainty.LIKELY, ("Administration d’accueil",), ("Office 1", "Office 2", "Office 3"), False),
        ("Adresse", Certainty.NOWHERE, (), ("x" * 19 + "…",), False),
        ("Archivé", Certainty.NOWHERE, (), ("Non",), True),
    ]
    assert {column.filled for column in result.columns} == {5}
    assert result.likely == {"administration": "Structure d’accueil"}
    costs = ("cout_jusqu_a_5_ans", "cout_plus_de_5_ans")
    assert result.uncertain == (("etat",), ("date_depot",), ("administration",), ("email_porteur",), costs)
    assert result.lacking == (("etat",), ("date_depot",), ("email_porteur",), costs)


def test_a_flat_or_absent_cofinancing_needs_no_cost():
    flat = EIG5.model_copy(update={"cofinancing": EIG5.cofinancing.model_copy(update={"rule": "none"})})
    assert REQUIRED[:-1] == PROJECTS.required_of(flat)


def test_a_header_of_the_workbook_is_exact_and_one_of_the_configuration_comes_before_it():
    result = mapped(
        ("ID", "Région", "Administration d’accueil", "Porteur opérationnel"), ("1", "Corse", "Non", "Office")
    )
    assert [(column.certainty, column.fields) for column in result.columns] == [
        (Certainty.ALIAS, ("N° de dossier",)),
        (Certainty.EXACT, ("Région",)),
        (Certainty.NOWHERE, ()),
        (Certainty.ALIAS, ("Administration d’accueil",)),
    ]


def test_officers_own_columns_are_filled_only_where_the_configuration_says_so():
    rows = (("ID", "Décision", "Commentaire"), ("1", "Lauréat", "vu"))
    assert planned(export(*rows), sheet()).new[0].values == {"numero": "1"}
    named = planned(export(*rows), sheet(), with_fields(commentaire=("Commentaire",)))
    assert named.new[0].values == {"numero": "1", "commentaire": "vu"}


PEOPLE = ("ID", "Nom du porteur", "Prénom", "Email pro", "Nom du mentor", "Prénom", "Email pro")
ROW = ("1", "Cantal", "Apolline", "a@exemple.invalid", "Comté", "Barnabé", "b@exemple.invalid")


def test_columns_are_joined_and_taken_by_their_place():
    settings = with_fields(
        porteur_projet=(ColumnRule(join=(ColumnRule(header="Prénom", nth=1), "Nom du porteur")),),
        mentor=(ColumnRule(join=(ColumnRule(header="prenom", after="Nom du mentor"), "Nom du mentor")),),
        email_porteur=(ColumnRule(header="Email pro", after="Nom du porteur"),),
        email_mentor=(ColumnRule(header="Email pro", nth=2),),
        email_rh=(ColumnRule(header="Email pro", nth=3), ColumnRule(header="Email pro")),
        email_gestion=(ColumnRule(header="Email pro", after="Prénom"),),
    )
    plan = planned(export(PEOPLE, ROW, ("2", None, "Ciboulette", *[None] * 4)), sheet(), settings)
    assert [dossier.values for dossier in plan.new] == [
        {
            "numero": "1",
            "porteur_projet": "Apolline Cantal",
            "email_porteur": "a@exemple.invalid",
            "mentor": "Barnabé Comté",
            "email_mentor": "b@exemple.invalid",
        },
        {"numero": "2", "porteur_projet": "Ciboulette"},
    ]
    assert plan.problems == ()


def test_a_parenthesis_is_ignored_where_the_configuration_says_so():
    headers = ("ID", "Coût (jusqu’à 5 ans)", "Résumé (2 lignes)")
    rule = ColumnRule(header="résumé", ignore_parenthesis=True)
    plan = planned(export(headers, ("1", "5", "Un phare")), sheet(), with_fields(resume=(rule,)))
    assert plan.new[0].values["resume"] == "Un phare"
    twice = (*headers, "Résumé (long)")
    assert (
        "resume" not in planned(export(twice, ("1", "5", "a", "b")), sheet(), with_fields(resume=(rule,))).new[0].values
    )


def test_likely_columns_of_people_are_named_by_the_header_before_them_and_then_read_so():
    result = mapped(PEOPLE, ROW)
    assert result.likely == {
        "porteur_projet": ColumnRule(join=(ColumnRule(header="Prénom", after="Nom du porteur"), "Nom du porteur")),
        "email_porteur": ColumnRule(header="Email pro", after="Nom du porteur"),
        "mentor": ColumnRule(join=(ColumnRule(header="Prénom", after="Nom du mentor"), "Nom du mentor")),
        "email_mentor": ColumnRule(header="Email pro", after="Nom du mentor"),
    }
    (dossier,) = planned(export(PEOPLE, ROW), sheet(), result.with_likely(EIG5.imports)).new
    assert dossier.values["mentor"] == "Barnabé Comté"
    assert dossier.values["email_mentor"] == "b@exemple.invalid"
    again = mapped(PEOPLE, ROW, settings=result.with_likely(EIG5.imports))
    assert (again.likely, again.uncertain) == ({}, (*REQUIRED[1:5], REQUIRED[6]))


THREE = (
    "ID",
    *(header for whose in ("porteur", "porteur n°2", "mentor") for header in (f"Nom du {whose}", *PEOPLE[2:4])),
)
THREE_ROW = ("1", *(value for n in "123" for value in (f"Nom{n}", f"Prénom{n}", f"p{n}@exemple.invalid")))


@pytest.mark.parametrize("becomes", ["Courriel du porteur", None])
def test_an_address_that_is_asked_otherwise_is_not_taken_from_the_next_person(becomes):
    settings = mapped(THREE, THREE_ROW).with_likely(EIG5.imports)
    kept = [place for place in range(len(THREE)) if place != 3 or becomes]
    revised = (*THREE[:3], becomes, *THREE[4:])
    rows = [tuple(row[place] for place in kept) for row in (revised, THREE_ROW)]
    result = mapped(*rows, settings=settings)
    assert ("email_porteur",) in result.uncertain
    assert result.likely == ({"email_porteur": becomes} if becomes else {})
    (dossier,) = planned(export(*rows), sheet(), settings).new
    assert "email_porteur" not in dossier.values
    assert dossier.values["email_porteur_2"] == "p2@exemple.invalid"


def test_a_column_that_two_fields_take_is_sure_for_neither():
    rule = ColumnRule(header="Email pro", nth=1)
    settings = with_fields(email_porteur=(rule,), email_mentor=("Email pro",))
    rows = (("ID", "Email pro"), ("1", "a@exemple.invalid"))
    result = mapped(*rows, settings=settings)
    assert [column.certainty for column in result.columns] == [Certainty.ALIAS, Certainty.LIKELY]
    assert ("email_porteur",) in result.uncertain
    (told,) = planned(export(*rows), sheet(), settings).problems
    assert "la colonne B, « Email pro », va à la fois dans « E-mail du porteur » et « E-mail du mentor »" in (
        told.message.replace("\u202f", " ").replace("\u00a0", " ")
    )


def test_a_person_is_remembered_even_when_the_header_stood_once():
    settings = mapped(PEOPLE[:4], ROW[:4]).with_likely(EIG5.imports)
    assert settings.fields["email_porteur"][-1] == ColumnRule(header="Email pro", after="Nom du porteur")
    revised = ("ID", "Nom du mentor", "Prénom", "Email pro", "Nom du porteur", "Prénom", "Courriel")
    values = ("1", "Comté", "Barnabé", "b@exemple.invalid", "Cantal", "Apolline", "a@exemple.invalid")
    result = mapped(revised, values, settings=settings)
    assert ("email_porteur",) in result.uncertain
    (dossier,) = planned(export(revised, values), sheet(), settings).new
    assert (dossier.values["porteur_projet"], "email_porteur" in dossier.values) == ("Apolline Cantal", False)
    (dossier,) = planned(export(revised, values), sheet(), result.with_likely(settings)).new
    assert dossier.values["email_porteur"] == "a@exemple.invalid"


def test_a_person_whom_the_mapping_does_not_know_is_another_person_too():
    settings = mapped(PEOPLE[:4], ROW[:4]).with_likely(EIG5.imports)
    result = mapped((*PEOPLE[:3], "Courriel", *PEOPLE[4:]), ROW, settings=settings)
    assert ("email_porteur",) in result.uncertain
    assert result.likely["email_porteur"] == ColumnRule(header="Courriel", after="Nom du porteur")


def test_a_repeated_header_inside_a_join_is_not_sure():
    settings = with_fields(porteur_projet=(ColumnRule(join=("Prénom", "Nom du porteur")),))
    result = mapped(PEOPLE, ROW, settings=settings)
    sure = {column.header: column.certainty for column in result.columns}
    assert sure["Nom du porteur"] == Certainty.LIKELY
    assert codes(planned(export(PEOPLE, ROW), sheet(), settings)) == ["colonne_en_double"]


KNOWN, OTHER = "Porteur de projet – E-mail", "Email du porteur (pro)"


def test_a_required_column_that_is_blank_everywhere_hides_no_other():
    rows = (("ID", KNOWN, OTHER), ("1", None, "a@exemple.invalid"), ("2", " ", "b@exemple.invalid"))
    result = mapped(*rows)
    assert result.likely == {"email_porteur": OTHER}
    assert ("email_porteur",) in result.uncertain
    assert ("email_porteur",) not in result.lacking
    assert (
        planned(export(*rows), sheet(), result.with_likely(EIG5.imports)).new[0].values["email_porteur"] == rows[1][2]
    )


@pytest.mark.parametrize(("is_partial", "rows"), [(False, []), (False, [("1", None)]), (True, [("1", None)])])
def test_a_required_column_that_is_blank_everywhere_is_not_met_unless_few_dossiers_are_known(is_partial, rows):
    given = Export("export", (ExportTable("export", (("ID", KNOWN), *rows)),), is_partial)
    result = mapping_of(given, EIG5.imports, schema().tab("candidatures"), REQUIRED, EIG5.zone)
    is_met = is_partial or not rows
    assert (("email_porteur",) in result.uncertain, ("email_porteur",) in result.lacking) == (
        not is_met,
        not is_met,
    )


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Courriel du porteur de projet", ["voir plus bas", "idem"]),
        ("Coût employeur (≤ 5 ans)", ["Oui", "Non"]),
        ("Structure d’accueil", ["oui", "non"]),
        ("Structure d’accueil", ["Office", None]),
        ("Nombre d’EIG souhaités", ["deux ou trois", "deux"]),
    ],
)
def test_a_column_whose_values_are_something_else_is_nowhere(header, values):
    rows = [(str(n), value, "x") for n, value in enumerate([*values, None], 1)]
    assert mapped(("ID", header, "Autre chose"), *rows).likely == {}


def test_a_likely_number_is_found_below_a_title_and_only_when_each_row_has_its_own():
    rows = (("Export du 8 avril",), ("Dossier n°", "Titre du projet"), ("7", "Phare"), ("8", "Quai"))
    result = mapped(*rows)
    assert result.likely == {"numero": "Dossier n°", "projet": "Titre du projet"}
    (first, _) = planned(export(*rows), sheet(), result.with_likely(EIG5.imports)).new
    assert (first.number, first.values["projet"]) == ("7", "Phare")
    assert mapped(*rows[:3], ("7", "Quai")) is None
    assert mapped(("Nom", "Quai")) is None


def test_two_columns_that_could_be_one_field_are_told_as_doubtful():
    result = mapped(("ID", "Structure d’accueil", "Organisme d’accueil"), ("1", "Office", "Agence"))
    assert result.doubtful["administration"] == ("Structure d’accueil", "Organisme d’accueil")
    assert "administration" not in result.likely


def test_a_repeated_header_of_a_required_field_is_not_sure():
    result = mapped(("ID", "Nom du projet", "Nom du projet"), ("1", "Phare", "Quai"))
    assert [column.certainty for column in result.columns] == [Certainty.ALIAS, Certainty.LIKELY, Certainty.NOWHERE]
    assert ("projet",) in result.uncertain
    assert ("projet",) not in result.lacking
    assert mapped(("ID", "Nom du projet", "ID"), ("1", "Phare", "2")) is None


def states(*rows):
    settings = EIG5.imports.model_copy(update={"withdrawn_states": ("Classé sans suite",)})
    return planned(export(("ID", "État du dossier", "Archivé"), *rows), sheet({"numero": "9"}), settings)


def test_withdrawn_and_archived_dossiers_are_counted_and_not_added():
    plan = states(("1", "classé sans suite", "Non"), ("2", "Accepté", "Oui"), ("3", "En instruction", "Non"))
    assert (plan.withdrawn, plan.archived, [new.number for new in plan.new]) == (("1",), ("2",), ["3"])
    assert plan.new[0].values == {"numero": "3", "etat": "En instruction"}


def test_a_dossier_that_is_there_and_was_withdrawn_since_is_a_difference():
    plan = states(("9", "Classé sans suite", "Oui"))
    assert (plan.withdrawn, plan.archived) == ((), ())
    assert [difference.in_export for difference in plan.changed[0].differences] == ["Classé sans suite"]
