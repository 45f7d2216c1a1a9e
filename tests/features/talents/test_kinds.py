"""Each kind of export: its columns, its states, what must have a column, and another form that is told apart."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from eig_sheets.call.applications.importing.apply import current_rows
from eig_sheets.call.applications.importing.kinds import PROJECTS, kinds_of
from eig_sheets.call.applications.importing.likely import judged, with_persons
from eig_sheets.call.applications.importing.mapping import known_fields, mapping_of
from eig_sheets.call.applications.importing.plan import plan_import
from eig_sheets.features.talents.import_kinds import CANDIDATES as TALENTS
from eig_sheets.features.talents.import_kinds import WISHES
from eig_sheets.text.french import plain
from tests.call.applications.importing.support import EIG5, HEADERS, HEADERS_OF_TALENTS, HEADERS_OF_WISHES, export_of
from tests.sample.support import schema
from tests.workbook.snapshots import book, reading, tab

KINDS = kinds_of(EIG5)
pytestmark = pytest.mark.newest

CASES = tomllib.loads((Path(__file__).parent / "en_tetes.toml").read_text(encoding="utf-8"))
EXPORTS = {
    kind: export_of(dict.fromkeys(headers, "1"), headers=headers)
    for kind, headers in ((PROJECTS, HEADERS), (TALENTS, HEADERS_OF_TALENTS), (WISHES, HEADERS_OF_WISHES))
}


def names_of(kind):
    fields = kind.schema(schema()).fields
    named = kind.settings(EIG5.imports).fields
    return {field.id: [*named.get(field.id, ()), field.header, *field.aliases] for field in fields}


def likely_columns(kind, *headers):
    """Field → its header."""
    asked = [field.id for field in kind.schema(schema()).fields if field.asked]
    judgement = judged(with_persons([*enumerate(headers)], headers), names_of(kind), asked, lambda *_: True)
    return {column.field: column.headers[0].text for column in judgement.likely}


LIKELY = [(KINDS[kind], field, header) for kind, fields in CASES["reconnus"].items()
          for field, headers in fields.items() for header in headers]  # fmt: skip


@pytest.mark.parametrize("kind", [TALENTS, WISHES])
def test_headers_that_no_name_is_known_for_are_recognised_by_their_words(kind):
    mine = [(field, header) for of, field, header in LIKELY if of is kind]
    known = {plain(name) for names in names_of(kind).values() for name in names}
    assert [header for _, header in mine if plain(header) in known] == []
    assert {header: likely_columns(kind, header) for _, header in mine} == {
        header: {field: header} for field, header in mine
    }


def test_a_wrong_neighbour_is_nothing():
    for kind, headers in CASES["refuses"].items():
        assert {header: likely_columns(KINDS[kind], header) for header in headers} == {header: {} for header in headers}


@pytest.mark.parametrize("kind", KINDS.values())
def test_each_export_has_the_columns_that_tell_its_form_and_no_other_has_them(kind):
    for of, export in EXPORTS.items():
        own = known_fields(export, kind.settings(EIG5.imports), kind.schema(schema()))
        assert ({*kind.telling} <= own) == (of is kind)


@pytest.mark.parametrize("kind", KINDS.values())
def test_what_is_required_of_a_form_has_a_known_name_in_the_configuration(kind):
    mapping = mapping_of(
        EXPORTS[kind], kind.settings(EIG5.imports), kind.schema(schema()), kind.required_of(EIG5), EIG5.zone
    )
    assert (mapping.lacking, mapping.uncertain) == ((), ())


def test_states_are_those_of_the_import_section_unless_the_form_has_its_own():
    assert TALENTS.settings(EIG5.imports).ignored_states == EIG5.imports.ignored_states
    form = EIG5.imports.talents.model_copy(update={"withdrawn_states": ("Parti",), "ignored_states": ()})
    settings = TALENTS.settings(EIG5.imports.model_copy(update={"talents": form}))
    assert (settings.withdrawn_states, settings.ignored_states) == (("Parti",), ())
    assert PROJECTS.settings(EIG5.imports) is EIG5.imports


def test_a_candidate_is_added_and_one_that_is_there_is_compared():
    there = {"candidature": "501", "nom": "Lovelace", "experience": 4}
    layout = reading(book([], [], [], tab("talents", [there]))).layout.tabs["talents"]
    export = export_of(
        {"candidature": 501.0, "nom": "Byron", "experience": "4,0", "email": "ada@x.example"},
        {
            "candidature": "502",
            "nom": "Noether",
            "metier": "designer",
            "date_depot": "2021-04-02 11:00:00 +0200",
            "etat": "En instruction",
        },
        {"candidature": "503", "etat": "brouillon"},
        {"candidature": "504", "etat": "Classé sans suite"},
        headers=HEADERS_OF_TALENTS,
    )
    plan = plan_import(export, current_rows(layout), TALENTS.settings(EIG5.imports), layout.schema, EIG5.zone)
    [new], [changed] = plan.new, plan.changed
    assert new.number == "502"
    assert {"nom": "Noether", "metier": "designer"}.items() <= new.values.items()
    assert [difference.field for difference in changed.differences] == ["nom", "email"]
    assert (plan.ignored, plan.withdrawn) == (1, ("504",))


def test_the_words_of_a_kind_agree():
    assert TALENTS.counted("ajouté") == ("candidature ajoutée", "candidatures ajoutées")
    assert PROJECTS.nothing == "aucun dossier n’est importé"
    assert WISHES.nothing == "aucune réponse n’est importée"
    assert HEADERS["numero"] == "ID"
