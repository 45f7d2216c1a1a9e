"""Only a report that nobody changed is replaced."""

import io
import zipfile

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.documents.checksum import is_unchanged, with_checksum
from eig_sheets.documents.files import ReportError, refuse_taken, write
from tests.call.report.support import corrected

pytestmark = pytest.mark.newest

PAGE = with_checksum("<!DOCTYPE html>\n<p>é</p>\n")


@pytest.fixture(scope="module")
def minutes():
    return corrected(4).document


@given(st.integers(0, len(PAGE) - 1), st.integers(1, 255))
def test_a_page_changed_anywhere_is_somebodys(place, change):
    changed = bytearray(PAGE)
    changed[place] ^= change
    assert is_unchanged(PAGE)
    assert not is_unchanged(bytes(changed))


@given(st.binary(max_size=300))
def test_what_we_did_not_make_is_somebodys(data):
    assert not is_unchanged(data)
    assert not is_unchanged(PAGE + data + b".")
    assert not is_unchanged(b"." + data + PAGE)
    assert not is_unchanged(b"PK\x03\x04" + data)


@pytest.mark.slow
def test_minutes_that_a_program_saved_again_are_somebodys(minutes):
    assert is_unchanged(minutes)
    saved = io.BytesIO()
    Document(io.BytesIO(minutes)).save(saved)
    assert not is_unchanged(saved.getvalue())


def test_minutes_with_another_text_are_somebodys(minutes):
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(minutes)) as before, zipfile.ZipFile(changed, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b"jury", b"JURY"))
        after.comment = before.comment
    assert not is_unchanged(changed.getvalue())


def test_minutes_with_their_checksum_are_an_archive_that_anything_opens(minutes):
    with zipfile.ZipFile(io.BytesIO(minutes)) as archive:
        assert archive.testzip() is None
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("cut", [1, 30, 2000])
def test_minutes_cut_short_are_somebodys(minutes, cut):
    assert not is_unchanged(minutes[:-cut])


def test_a_file_of_ours_is_replaced_and_anything_else_is_left(tmp_path, minutes):
    path = tmp_path / "rapport.html"
    write(path, PAGE)
    write(path, minutes)
    assert path.read_bytes() == minutes
    path.write_bytes(minutes + b"\n")
    with pytest.raises(ReportError, match="Donnez un autre nom"):
        write(path, PAGE)
    assert path.read_bytes() == minutes + b"\n"
    assert [path.name for path in tmp_path.iterdir()] == ["rapport.html"]


def test_a_link_and_a_folder_are_left(tmp_path):
    (tmp_path / "dossier.html").mkdir()
    (tmp_path / "vrai.html").write_bytes(PAGE)
    (tmp_path / "lien.html").symlink_to(tmp_path / "vrai.html")
    (tmp_path / "perdu.html").symlink_to(tmp_path / "nulle-part.html")
    for name in ("dossier.html", "lien.html", "perdu.html"):
        with pytest.raises(ReportError, match="existe déjà"):
            refuse_taken(tmp_path / name)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(ReportError, match=r"Le dossier .*absent n’existe pas"):
        write(tmp_path / "absent" / "rapport.html", PAGE)
