"""A file that cannot be read or written gives an error in French with its remedy, and does not change."""

from __future__ import annotations

import io
import zipfile

import pytest

from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.spreadsheet.model.plan import Plan, SetCells
from eig_sheets.spreadsheet.model.sheet import Column
from eig_sheets.spreadsheet.xlsx import XlsxWorkbook
from tests.spreadsheet.xlsx.books import opened, packed, parts, sheet, unpacked

OPERATION = SetCells("Feuil1", 0, Column("A"), ((2, "x"),))
GOOD = packed(parts({"Feuil1": sheet('<row r="1"><c r="A1"><v>1</v></c></row>')}))


@pytest.fixture
def book(tmp_path):
    return opened(tmp_path, GOOD)


def assert_refused(book, match, version=None):
    before = book._path.read_bytes()
    with pytest.raises(WorkbookError, match=match):
        book.apply(Plan(version or book.read().version, (OPERATION,)))
    assert book._path.read_bytes() == before
    assert not (book._path.parent / "versions").exists()


def test_file_open_in_excel_names_the_person(book):
    name = "Zoé Martin"
    owner = bytes([10]) + b"Zo\xe9 Martin".ljust(54) + len(name).to_bytes(2, "little") + name.encode("utf-16-le")
    book._path.with_name("~$campagne.xlsx").write_bytes(owner.ljust(165, b" "))
    assert_refused(book, "ouvert par Zoé Martin.*Fermez-le")


def test_file_open_in_libreoffice_names_the_person(book):
    lock = book._path.with_name(".~lock.campagne.xlsx#")
    lock.write_text("Ali Ben,ali,poste-3,06.04.2021 10:00,file:///home/ali;", encoding="utf-8")
    assert_refused(book, "ouvert par Ali Ben.*supprimez le fichier .~lock.campagne.xlsx#")


def test_lock_that_says_nobody_still_counts(book):
    book._path.with_name("~$campagne.xlsx").write_bytes(b"")
    assert_refused(book, "ouvert dans un tableur")


def test_lock_beside_the_link_counts_too(tmp_path):
    (tmp_path / "vrai").mkdir()
    target = opened(tmp_path / "vrai", GOOD)._path
    (tmp_path / "lien.xlsx").symlink_to(target)
    (tmp_path / "~$lien.xlsx").write_bytes(b"")
    book = XlsxWorkbook(tmp_path / "lien.xlsx", tmp_path / "versions")
    assert_refused(book, "ouvert dans un tableur")


def test_file_changed_since_it_was_read(book):
    version = book.read().version
    book._path.write_bytes(packed(parts({"Feuil1": sheet("")})))
    assert_refused(book, "modifié pendant le calcul.*Relancez", version)


@pytest.mark.parametrize("what", ["file", "folder"])
def test_read_only(book, what):
    place = book._path if what == "file" else book._path.parent
    mode = place.stat().st_mode
    place.chmod(mode & ~0o222)
    try:
        assert_refused(book, "lecture seule")
    finally:
        place.chmod(mode)


def test_missing_folder_and_missing_file(tmp_path):
    with pytest.raises(WorkbookError, match=r"Le dossier .*nulle-part n’existe pas"):
        XlsxWorkbook(tmp_path / "nulle-part" / "a.xlsx", tmp_path).read()
    with pytest.raises(WorkbookError, match="n’existe pas"):
        XlsxWorkbook(tmp_path / "nulle-part" / "a.xlsx", tmp_path).apply(Plan("", (OPERATION,)))
    with pytest.raises(WorkbookError, match="eig-sheets init"):
        XlsxWorkbook(tmp_path / "a.xlsx", tmp_path).read()


def test_new_file_never_takes_the_place_of_one(book):
    before = book._path.read_bytes()
    with pytest.raises(WorkbookError, match="existe déjà"):
        book.apply(Plan("", (OPERATION,)))
    assert book._path.read_bytes() == before


def without(part):
    content = unpacked(GOOD)
    del content[part]
    return packed(content)


def with_part(part, content):
    return packed({**unpacked(GOOD), part: content})


def bomb():
    return with_part("xl/worksheets/sheet1.xml", sheet(" " * 60_000_000))


def encrypted(part):
    """With a part more, that nothing reads, whose headers say that it is encrypted."""
    content = bytearray(with_part(part, "x"))
    for flags in (content.index(part.encode()) - 30 + 6, content.rindex(part.encode()) - 46 + 8):
        content[flags] |= 0x1
    return bytes(content)


def document():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<a/>")
    return file.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
DOCTYPE = '<!DOCTYPE x [<!ENTITY a "aaaa">]>'


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"", "est vide"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "mot de passe"),
        (OLE + "Workbook".encode("utf-16-le"), r"ancien format \.xls"),
        (document(), r"OpenDocument \(\.ods\)"),
        (packed({"xl/workbook.bin": b"x"}), r"\.xlsb"),
        ("N° de dossier;Nom\n1;a\n".encode(), "n’est pas un classeur"),
        (GOOD[: len(GOOD) // 2], "endommagé"),
        (GOOD[:-10], "endommagé"),
        (without("xl/workbook.xml"), "endommagé"),
        (without("_rels/.rels"), "endommagé"),
        (without("xl/worksheets/sheet1.xml"), "endommagé"),
        (with_part("xl/worksheets/sheet1.xml", "<worksheet><sheetData>"), "endommagé"),
        (with_part("xl/worksheets/sheet1.xml", "<worksheet/>"), "endommagé"),
        (with_part("xl/worksheets/sheet1.xml", DOCTYPE + "<worksheet><sheetData/></worksheet>"), "endommagé"),
        (with_part("xl/worksheets/sheet1.xml", sheet('<row r="1"><c r="A1" t="s"><v>7</v></c></row>')), "endommagé"),
        (with_part("xl/worksheets/sheet1.xml", sheet('<row r="1"><c r="A1"><v>x</v></c></row>')), "endommagé"),
        (with_part("xl/worksheets/sheet1.xml", sheet('<row r="0"><c><v>1</v></c></row>')), "endommagé"),
        (
            with_part("xl/worksheets/sheet1.xml", sheet('<row r="9999999"><c r="A9999999"><v>1</v></c></row>')),
            "endommagé",
        ),
        (with_part("xl/workbook.xml", "<workbook"), "endommagé"),
        (bomb(), "trop gros"),
        (encrypted("docProps/thumbnail.jpeg"), "endommagé"),
    ],
)
def test_file_that_is_no_workbook(tmp_path, content, match):
    book = opened(tmp_path, content)
    with pytest.raises(WorkbookError, match=match):
        book.read()


def test_damaged_part_with_a_wrong_checksum(tmp_path):
    content = bytearray(GOOD)
    place = content.index(b"xl/worksheets/sheet1.xml") + len("xl/worksheets/sheet1.xml") + 30
    content[place] ^= 0xFF
    with pytest.raises(WorkbookError, match="endommagé"):
        opened(tmp_path, bytes(content)).read()
