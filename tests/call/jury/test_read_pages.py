"""What is kept of a page: a file that is none is told in a sentence that names it once."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from eig_sheets.call.jury.dossiers import DOSSIERS
from eig_sheets.call.jury.page_checks import page_anomalies
from eig_sheets.call.jury.pages.files_pages import bytes_of
from eig_sheets.call.jury.read_pages import ReadPage, read_page_of
from eig_sheets.campaign.reviews.received_notes import NOTES as NOTES_TAB
from tests.call.jury.pages.pages import NOTES, PARIS, file_of

NAME = "grille d’Anna.xlsx"
RECEIVED = datetime(2021, 5, 3, 19)


def archive(*names: str, size: int = 1) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, " " * size)
    return data.getvalue()


OTHERS = {
    "empty": b"",
    "a table as text": b"a;b\n1;2\n",
    "an old workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "with a password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "another archive": archive("a.txt"),
    "a document": archive("mimetype", "content.xml"),
    "too large": archive("[Content_Types].xml", "xl/workbook.xml", size=40_000_000),
    "cut short": file_of(NOTES)[:3000],
}


def read(path: Path) -> ReadPage:
    return read_page_of(bytes_of(path, PARIS).page(PARIS), ["besoin", "equipe"], RECEIVED)


def sentence(page: ReadPage) -> str:
    [unread] = page.unread
    [said] = page_anomalies([page], _Everything(), {}, {NOTES_TAB: "Notes reçues"})
    assert (unread.source, said.code) == (page.source, "page_de_jure")
    return said.message


class _Everything:
    """Nothing is refused but what cannot be read."""

    subject = DOSSIERS

    @staticmethod
    def of_page(_: ReadPage) -> None:
        return None


@pytest.mark.parametrize("content", OTHERS.values(), ids=OTHERS)
def test_a_file_that_is_no_page_is_named_once(content: bytes, tmp_path: Path):
    path = tmp_path / NAME
    path.write_bytes(content)
    said = sentence(read(path))
    assert said.count(NAME) == 1
    assert said.replace("\u202f", " ").startswith(f"{NAME} : ")
    assert "ce fichier" in said


def test_a_folder_of_that_name_is_named_once(tmp_path: Path):
    (tmp_path / NAME).mkdir()
    said = sentence(read(tmp_path / NAME))
    assert (said.count(NAME), said.count(str(tmp_path))) == (1, 0)
