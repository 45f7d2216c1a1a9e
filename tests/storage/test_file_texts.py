"""What a search for a person reads: each text in every kind of file that we write, and what cannot be read."""

import io
import json
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

from eig_sheets.storage.file_texts import UnreadableError, texts_beside_cells, texts_in

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


def document():
    made, output = Document(), io.BytesIO()
    paragraph = made.add_paragraph("Présents : Zoé ")
    paragraph.add_run("d’Ormeau").bold = True
    made.save(output)
    return output.getvalue()


FILES = {
    "etat.sqlite3": (None, ["memory, rang 1, content › texts › id", "contents, rang 1, bytes, xl/sharedStrings.xml"]),
    "a.eml": (message(), ["Subject", "corps (plain)", "corps (html)"]),
    "a.json": (json.dumps([{"juror": NAME}]).encode(), ["juror"]),
    "a.html": (b"<td>Zo&eacute; d&rsquo;Ormeau</td>", [""]),
    "a.docx": (document(), ["word/document.xml"]),
    "a.ics": ("SUMMARY:Audition de Zoé\r\n  d’Ormeau\r\n".encode(), [""]),
    "a.csv": (f"\ufeffa,b\n1,{NAME}\n".encode(), ["ligne 2"]),
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
    found = {where for where, text in texts_in(path) if NAME in text}
    assert found >= {*places}
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
    found = [*texts_beside_cells(path)]
    places = {where.rpartition("/")[2] for where, text in found if NAME in text}
    assert {"workbook.xml", "sheet1.xml, formule"} < places
    assert any(place.startswith("comment") for place in places)
    assert any("zoe@exemple.invalid" in text for _, text in found)
    assert not any("une valeur" in text for _, text in found)


@pytest.mark.parametrize("head", [b"\x78", b"\x78\x9c", b"\x78\x01\x03"])
def test_a_digest_that_begins_like_something_compressed_is_no_damage(tmp_path, head):
    path = tmp_path / "base.sqlite3"
    with closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE known (salt BLOB, name TEXT)")
        base.execute("INSERT INTO known VALUES (?, 'Anna')", (head.ljust(32, b"\xa7"),))
        base.commit()
    assert "Anna" in [text for _, text in texts_in(path)]
