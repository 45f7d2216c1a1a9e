"""What a search for a person reads: each text in every kind of file that we write, and what cannot be read."""

import io
import json
import re
import sqlite3
import zipfile
import zlib
from contextlib import closing
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from docx import Document
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from eig_sheets.features.privacy.files_documents import UnreadableError
from eig_sheets.features.privacy.files_texts import texts_beside_cells, texts_in
from eig_sheets.features.privacy.workbook_search import CELLS

NAME = "Zoé d’Ormeau"


def archive(**members):
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as written:
        for name, content in members.items():
            written.writestr(name, content)
    return output.getvalue()


def database(path):
    with closing(sqlite3.connect(path)) as base, base:
        base.execute("CREATE TABLE memory (workbook TEXT, content BLOB)")
        base.execute(
            "INSERT INTO memory VALUES ('a', ?)", (zlib.compress(json.dumps({"texts": {"id": [NAME]}}).encode()),)
        )
        base.execute("CREATE TABLE contents (digest TEXT, bytes BLOB)")
        page = archive(**{"xl/sharedStrings.xml": f"<si><r><t>{NAME[:5]}</t></r><r><t>{NAME[5:]}</t></r></si>"})
        base.execute("INSERT INTO contents VALUES ('d', ?)", (zlib.compress(page),))
    return path.read_bytes()


def message():
    sent = EmailMessage(policy=SMTP)
    sent["Subject"], sent["To"] = f"Bonjour {NAME}", "zoe@exemple.invalid"
    sent.set_content(f"Chère {NAME},\n")
    sent.add_alternative("<p>Chère <b>Zoé</b> d’Ormeau</p>", subtype="html")
    return sent.as_bytes()


def with_attachments():
    sent, book = EmailMessage(policy=SMTP), Workbook()
    book.active["A1"] = NAME
    kept = io.BytesIO()
    book.save(kept)
    sent.set_content("Ci-joint.\n")
    sheet = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    sent.add_attachment(kept.getvalue(), *sheet, filename="grille.xlsx")
    sent.add_attachment(f"a,b\n1,{NAME}\n".encode("cp1252"), "text", "csv", filename="liste.csv")
    sent.add_attachment(message(), "application", "octet-stream", filename="avant.eml")
    return sent.as_bytes()


def document():
    made, output = Document(), io.BytesIO()
    paragraph = made.add_paragraph("Présents : Zoé ")
    paragraph.add_run("d’Ormeau").bold = True
    made.save(output)
    return output.getvalue()


FILES = {
    "etat.sqlite3": (None, ["memory, rang 1, content › texts › id", "contents, rang 1, bytes, xl/sharedStrings.xml"]),
    "a.eml": (message(), ["Subject", "corps (plain)", "corps (html)"]),
    "b.eml": (
        with_attachments(),
        [
            "pièce jointe grille.xlsx, xl/worksheets/sheet1.xml",
            "pièce jointe liste.csv, ligne 2",
            "pièce jointe avant.eml, Subject",
        ],
    ),
    "a.json": (json.dumps([{"juror": NAME}]).encode(), ["juror"]),
    "a.html": (b"<td>Zo&eacute; d&rsquo;Ormeau</td>", [""]),
    "a.docx": (document(), ["word/document.xml"]),
    "a.ics": ("SUMMARY:Audition de Zoé\r\n  d’Ormeau\r\n".encode(), [""]),
    "a.csv": (f"\ufeffa,b\n1,{NAME}\n".encode(), ["ligne 2"]),
    "b.csv": (f"a,b\n1,{NAME}\n".encode("cp1252"), ["ligne 2"]),
    "d.csv": (f"a,b\n1,{NAME}\n".encode("mac_roman"), ["ligne 2"]),
    "b.txt": (f"x\n{NAME}".encode("utf-32"), ["ligne 2"]),
    "a.txt": (f"x\n{NAME}".encode("utf-16"), ["ligne 2"]),
}


@pytest.mark.parametrize("name", FILES)
def test_a_name_is_read_wherever_it_is(tmp_path, name):
    path = tmp_path / name
    content, places = FILES[name]
    if content is None:
        database(path)
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    named = {where for where, text in texts_in(path) if NAME in text}
    assert named >= {*places}
    assert (path.read_bytes(), [*tmp_path.iterdir()]) == (before, [path])


def test_an_address_in_a_link_is_read(tmp_path):
    path = tmp_path / "a.html"
    path.write_text('<a href="mailto:zoe@exemple.invalid">elle</a>', encoding="utf-8")
    assert any("zoe@exemple.invalid" in text for _, text in texts_in(path))


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.json", b"{"), ("a.xlsx", b"PK\x03\x04" + b"x" * 50), ("a.sqlite3", b"SQLite format 3\0" + b"x" * 600)],
)
def test_what_is_damaged_is_an_error_that_quotes_nothing(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableError) as caught:
        [*texts_in(path)]
    assert "x" * 10 not in str(caught.value)


def test_a_database_that_somebody_writes_is_read_without_waiting(tmp_path):
    path = tmp_path / "etat.sqlite3"
    database(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        start = datetime.now(UTC)
        assert any(NAME in text for _, text in texts_in(path))
        assert (datetime.now(UTC) - start).total_seconds() < 4


@pytest.mark.parametrize("content", [b"%PDF-1.7\nBT (Zo) Tj", b"\x89PNG\r\n\0\0", archive(**{"cv.pdf": b"%PDF"})])
def test_what_is_no_text_is_not_taken_for_one_that_names_nobody(tmp_path, content):
    path = tmp_path / "cv"
    path.write_bytes(content)
    with pytest.raises(UnreadableError):
        [*texts_in(path)]


def test_what_a_workbook_says_beside_the_values_of_its_cells(tmp_path):
    book, path = Workbook(), tmp_path / "a.xlsx"
    tab = book.active
    tab.title = NAME
    tab["A1"] = "une valeur"
    tab["A2"] = f'=LEN("{NAME}")'
    tab["A3"].comment = Comment(f"Rappeler {NAME}", "moi")
    tab["A4"].hyperlink = "mailto:zoe@exemple.invalid"
    book.save(path)
    texts = [*texts_beside_cells(path)]
    places = {where.rpartition("/")[2] for where, text in texts if NAME in text}
    assert {"workbook.xml", "sheet1.xml, formule"} < places
    assert any(place.startswith("comment") for place in places)
    assert any("zoe@exemple.invalid" in text for _, text in texts)
    assert not any("une valeur" in text for _, text in texts)


@pytest.mark.parametrize("head", [b"\x78", b"\x78\x9c", b"\x78\x01\x03"])
def test_a_digest_that_begins_like_something_compressed_is_no_damage(tmp_path, head):
    path = tmp_path / "base.sqlite3"
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE known (salt BLOB, name TEXT)")
        base.execute("INSERT INTO known VALUES (?, 'Anna')", (head.ljust(32, b"\xa7"),))
        base.commit()
    assert "Anna" in [text for _, text in texts_in(path)]


def test_a_csv_of_an_unknown_encoding_is_read_in_each_that_it_may_have(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("Zoé Ormeau;2".encode("cp850"))
    assert ["ligne 1", "Zoé Ormeau;2"] in [[*text] for text in texts_in(path)]


def test_the_cells_of_a_csv_are_told_apart(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('Prénom;Ville;Nom\nZoé;"Le Mans; Sarthe";Ormeau\n', encoding="utf-8")
    assert ("ligne 2", CELLS.join(("Zoé", "Le Mans; Sarthe", "Ormeau"))) in [*texts_in(path)]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("a.csv", "Liste, du jury, a, b\nNom;Âge;Prénom\nOrmeau;3;Zoé\n", 3),
        ("a.csv", '"Nom","Âge, x;y;z;a","Prénom"\n"Ormeau",3,"Zoé"\n', 2),
        ("copie.txt", "Nom\tÂge\tPrénom\nOrmeau\t3\tZoé\n", 2),
    ],
)
def test_whatever_the_first_line_looks_like(tmp_path, name, text, line):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert (f"ligne {line}", CELLS.join(("Ormeau", "3", "Zoé"))) in [*texts_in(path)]


def test_the_cells_of_a_row_of_a_table_are_told_together(tmp_path):
    """In a page, and in documents of Word and of OpenDocument."""
    page = "<table><tr><th>Nom</th><td>Âge</td></tr>\n<tr><td><p>Ormeau</p></td><td>3</td><td>Zoé</td></tr></table>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    document = Document()
    for cell, text in zip(document.add_table(1, 3).rows[0].cells, ("Ormeau", "3", "Zoé"), strict=True):
        cell.text = text
    document.save(str(tmp_path / "a.docx"))
    row = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in ("Ormeau", "3", "Zoé"))
    sheet = f"<table:table><table:table-row>{row}</table:table-row></table:table>"
    content = archive(**{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": sheet})
    (tmp_path / "a.ods").write_bytes(content)
    for name in ("a.html", "a.docx", "a.ods"):
        assert CELLS.join(("Ormeau", "3", "Zoé")) in [text for _, text in texts_in(tmp_path / name)], name


def test_an_attachment_that_is_no_text_is_named_and_the_others_are_read(tmp_path):
    sent, path = EmailMessage(policy=SMTP), tmp_path / "a.eml"
    sent.set_content("Ci-joint.\n")
    sent.add_attachment(b"%PDF-1.7", "application", "pdf", filename="cv.pdf")
    sent.add_attachment(b"PK\x03\x04" + b"x" * 50, "application", "zip", filename="pieces.zip")
    sent.add_attachment(NAME.encode(), "text", "plain", filename="note.txt")
    path.write_bytes(sent.as_bytes())
    texts = []
    with pytest.raises(UnreadableError) as caught:
        texts.extend(texts_in(path))
    assert caught.value.where == "pièce jointe cv.pdf, pièce jointe pieces.zip"


def test_the_headers_and_footers_of_a_printed_tab_are_read_without_their_codes(tmp_path):
    book, path = Workbook(), tmp_path / "a.xlsx"
    tab = book.active
    tab["A1"] = "une valeur"
    tab.oddHeader.left.text, tab.oddHeader.left.size = NAME, 12
    tab.evenFooter.center.text, tab.evenFooter.center.color = "zoe@exemple.invalid & Cie", "FF0000"
    book.save(path)
    for read in (texts_beside_cells, texts_in):
        texts = [text for _, text in read(path)]
        assert any(re.search(rf"(?<!\w){NAME}(?!\w)", text) for text in texts)
        assert any(re.search(r"(?<!\w)zoe@exemple\.invalid & Cie", text) for text in texts)
    assert not any("une valeur" in text for _, text in texts_beside_cells(path))


def test_what_a_tab_says_of_its_cells_is_read(tmp_path):
    """The message of a rule on what may be typed: neither a value nor a formula."""
    book, path = Workbook(), tmp_path / "a.xlsx"
    rule = DataValidation(type="list", formula1='"oui,non"', prompt=f"Demander à {NAME}")
    rule.add("A1")
    book.active.add_data_validation(rule)
    book.save(path)
    assert any(NAME in text for _, text in texts_beside_cells(path))


def test_the_cells_of_a_row_of_a_workbook_are_told_together(tmp_path):
    """A first name and a surname in two columns, whichever way the file keeps its texts."""
    strings = "<sst><si><t>Prénom</t></si><si><t>Ormeau</t></si><si><t>Nantes</t></si></sst>"
    empty = '<row r="1"/>'
    first = '<c r="Z2" s="1"/><c r="A2" t="inlineStr"><is><t>Zo&#233;</t></is></c><c r="B2"><v>12</v></c>'
    cells = f'{first}<c r="C2" t="s"><v>2</v></c><c r="D2" t="s"><v>1</v></c>'
    sheet = f'<worksheet><sheetData>{empty}<row r="2" s="1">{cells}</row></sheetData></worksheet>'
    path = tmp_path / "a.xlsx"
    path.write_bytes(archive(**{"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": strings}))
    assert ("xl/worksheets/sheet1.xml, ligne 2", CELLS.join(("Zoé", "Nantes", "Ormeau"))) in [*texts_in(path)]
