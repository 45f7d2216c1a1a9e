"""The annexes: each decided laureate by its route, sums that are exact, blanks that are named and counted."""

import io
import re
import subprocess
from datetime import datetime
from decimal import Decimal

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.call.cofinancing.finance.annex import Blanks, blanks_text, document, euros_text, total_text
from eig_sheets.call.cofinancing.finance.annexes import annexes_of
from eig_sheets.call.cofinancing.finance.lines import FinanceLine, by_programme, lines_of
from eig_sheets.documents.checksum import is_unchanged
from tests.call.cofinancing.finance.support import DAY, campaign, laureate
from tests.columns import EIG5
from tests.spreadsheet import libreoffice

pytestmark = pytest.mark.newest

DECREE, DELEGATIONS, AGREEMENTS = range(3)


@pytest.fixture(scope="module")
def lines():
    return lines_of(campaign().results)


def annexes(lines):
    return annexes_of(lines, EIG5.cofinancing)


def plain(text):
    return text.replace("\u202f", " ")


def table(annex, place=0):
    return [[plain(cell) for cell in row] for row in annex.parts[place].rows]


def test_only_decided_laureates_that_ask_have_a_line(lines):
    assert [line.numero for line in lines] == [str(numero) for numero in range(101, 109)]


def test_each_laureate_goes_by_its_route(lines):
    assert [line.numero for line in lines if line.by_decree] == ["101", "102", "103", "104", "106"]
    assert [line.numero for line in lines if line.by_delegation] == ["105", "107"]
    assert [line.numero for line in lines if line.carried] == ["106", "107", "108"]
    receivers = {line.numero: line.receiver for line in lines}
    assert (receivers["101"], receivers["106"], receivers["107"]) == ("Direction 101", "Ministère 106", "Ministère 107")


def test_the_annexe_of_the_decret_has_a_line_for_each_programme(lines):
    annex = annexes(lines)[DECREE]
    three, single = "de 110 250 € à 126 000 €", "de 36 750 € à 42 000 €"
    ecology = "Écologie, développement et mobilité durables"
    assert table(annex, 1) == [
        ["[mission du programme 113 à compléter]", "113", "2", "6", three, three],
        [ecology, "217", "2", "2", single, single],
        ["[mission à compléter]", "[n° de programme à compléter]", "2", "2", single, single],
        ["Total", "", "", "10", *["de 183 750 € à 210 000 €"] * 2],
    ]
    assert table(annex, 0) == [["Transformation et fonction publiques", "352", "2", *["de 183 750 € à 210 000 €"] * 2]]


def test_a_delegation_names_its_parties_and_its_blanks(lines):
    first_, second = annexes(lines)[DELEGATIONS].parts
    shown = {key: plain(value) for key, value in first_.rows}
    assert first_.heading == "1. Projet 105"
    assert (shown["Délégataire"], shown["Crédits"]) == ("Direction 105", "Programme 352, titre 2, 3 mois")
    assert shown["SIRET du délégataire"] == "130 025 265 00013"
    assert dict(second.rows)["SIRET du délégataire"] == "[SIRET à compléter]"  # that of Direction 107 is not theirs
    assert dict(second.rows)["Délégataire"] == "Ministère 107\npour Direction 107\n[convention à signer]"


def test_the_state_of_each_convention_is_told(lines):
    rows = {row[0].partition("\n")[2]: row for row in table(annexes(lines)[AGREEMENTS])}
    assert {numero: row[3:5] for numero, row in rows.items()} == {
        "106": ["Signée", "Décret de transfert"],
        "107": ["[convention à signer]", "Délégation de gestion"],
        "108": ["[convention : signée ou non ?]", "[voie des crédits à compléter]"],
    }
    assert rows["108"][2] == "[porteur administratif à compléter]"
    assert rows["108"][5:] == ["[nombre d’EIG à compléter]", "[montant à compléter]"]


def test_every_blank_of_the_tables_is_counted_and_listed(lines):
    for annex in annexes(lines):
        brackets = [
            blank
            for part in annex.parts
            for row in part.rows
            for cell in row
            for blank in re.findall(r"\[(.*?)\]", cell)
        ]
        assert sorted(brackets) == sorted(what for _, what in annex.blanks)
        assert plain(blanks_text(annex)) == f"{len(brackets)} éléments à compléter, entre crochets dans les tableaux."


def test_brackets_that_people_typed_are_no_blanks():
    [line] = lines_of(campaign(laureate("101", administration="[à compléter]")).results)
    assert "[à compléter]" not in [f"[{what}]" for _, what in annexes([line])[DECREE].blanks]


def test_a_laureate_without_a_known_route_is_in_no_annex():
    untyped, unsaid = laureate("101", type_administration=None), laureate("102", demande_cofinancement=None)
    lines = lines_of(campaign(untyped, unsaid, laureate("103")).results)
    assert [line.numero for line in lines if line.in_no_annex] == ["101", "102"]
    assert [row[0] for row in table(annexes(lines)[DECREE], 2)] == ["Projet 103\n103"]


def test_after_recruitment_an_amount_is_settled():
    recruits = [
        {
            "candidature": f"T{place}",
            "statut": "Retenu",
            "projet_decide": "101",
            "cout_reel": cost,
            "debut_contrat": datetime(2021, 9, 13),
        }
        for place, cost in enumerate((60000, 61000.5))
    ]
    call = campaign(laureate("101"), talents=recruits)
    [line] = lines_of(call.results)
    annex = annexes([line])[DECREE]
    assert table(annex, 1)[0][-2:] == ["36 300 €"] * 2
    assert table(annex, 2)[0][4] == "36 300,15 €"
    assert [what for _, what in annex.blanks] == [
        "mission du programme 113 à compléter",
    ]  # fmt: skip


def test_a_route_that_nobody_goes_by_says_so_and_has_no_blank():
    lines = lines_of(campaign(laureate("101")).results)
    for annex in annexes(lines)[1:]:
        assert annex.introduction == "Aucun lauréat décidé n’est co-financé par cette voie."
        assert (annex.parts, annex.blanks, blanks_text(annex)) == ((), (), "Rien à compléter.")


def any_line(numero, programme, euros):
    least, most = (None, None) if euros is None else (min(euros), max(euros))
    return FinanceLine(
        numero, "P", "D", "", "", False, None, "decret_transfert", programme, "", "c@example.org", 2, 3.0,
        least, most, False, (), (),
    )  # fmt: skip


CENTS = st.decimals(0, 1_000_000, places=2)
LINES = st.lists(
    st.tuples(st.sampled_from(["113", "217", ""]), st.one_of(st.none(), st.tuples(CENTS, CENTS))),
    min_size=1,
    max_size=8,
)


@given(LINES)
def test_every_total_is_the_sum_of_its_lines(drawn):
    lines = [any_line(str(place), *drawn_line) for place, drawn_line in enumerate(drawn)]
    groups = [*by_programme(lines).values()]
    assert sorted(line.numero for group in groups for line in group) == sorted(line.numero for line in lines)
    assert all(len(group) == 1 for group in groups if not group[0].programme)
    for group in (*groups, lines):
        known = [(line.least, line.most) for line in group if line.least is not None]
        total = euros_text(sum((low for low, _ in known), Decimal(0)), sum((high for _, high in known), Decimal(0)))
        unknown = len(group) - len(known)
        assert total_text(group).partition(", plus")[0] == total
        assert ("plus" in total_text(group)) == bool(unknown)


def test_an_annexe_is_a_document_with_its_blanks_at_the_top(lines):
    for annex in annexes(lines):
        made = document(annex, "EIG 5", "", DAY)
        assert made == document(annex, "EIG 5", "", DAY)
        assert is_unchanged(made)
        read = Document(io.BytesIO(made))
        title, campaign_name, blanks, *_ = [plain(paragraph.text) for paragraph in read.paragraphs]
        assert (title, campaign_name, blanks) == (
            annex.title,
            "EIG 5",
            plain(blanks_text(annex)),
        )
        assert [len(table.rows) - 1 for table in read.tables] == [
            *(len(part.rows) for part in annex.parts),
            len(annex.blanks),
        ]
        [*_, last] = read.tables
        assert [tuple(plain(cell.text) for cell in row.cells) for row in last.rows][1:] == [
            (who, plain(what)) for who, what in annex.blanks
        ]


def test_a_text_that_xml_cannot_hold_is_written_without_it():
    [line] = lines_of(campaign(laureate("101", projet="A\x0bB <&> {{ x }}")).results)
    read = Document(io.BytesIO(document(annexes([line])[DECREE], "EIG 5", "", DAY)))
    assert any("AB <&> {{ x }}" in cell.text for cell in read.tables[2].columns[0].cells)


def test_a_blank_is_of_its_dossier():
    blanks = Blanks()
    assert blanks.filled("352", "n° de programme") == "352"
    assert blanks.filled("", "SIRET", any_line("101", "113", None)) == "[SIRET à compléter]"
    assert blanks.entries == [("P (101)", "SIRET à compléter")]


@pytest.mark.slow
@pytest.mark.skipif(libreoffice.program() is None, reason=libreoffice.INSTALL)
@pytest.mark.parametrize("place", [DECREE, DELEGATIONS, AGREEMENTS])
def test_libreoffice_prints_it_on_a4(tmp_path, lines, place):
    annex = annexes(lines)[place]
    source = tmp_path / annex.file_name
    source.write_bytes(document(annex, "EIG 5", "⚠ Démonstration", DAY))
    pdf = libreoffice.convert(source, "pdf", tmp_path, profile=tmp_path / "profile")
    about = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Page size: .*\(A4\)", about)
    shown = " ".join(plain(text).split())
    assert f"{len(annex.blanks)} éléments à compléter" in shown
    for line in (line for line in lines if f"({line.numero})" in str(annex.blanks)):
        assert line.name in shown
