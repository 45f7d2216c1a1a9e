"""The pictures of documentation: those of the program that makes them, and what they show is still there."""

import shutil
import struct
import zlib
from dataclasses import replace

import pytest

from tests.call.report import browser
from tests.grist_server import MISSING, is_here
from tests.scripts.conftest import SCRIPTS, imported
from tests.spreadsheet import libreoffice

LARGEST = 150_000
"""Bytes of a picture."""
IMAGES = SCRIPTS.parent / "docs" / "images"


@pytest.fixture(scope="module")
def pictures():
    with imported("pictures") as program:
        yield program


def test_every_picture_of_docs_is_made_by_the_program(pictures):
    made = {*(picture.name for picture in pictures.TABS), pictures.REPORT, *pictures.GRIST}
    assert {path.name for path in IMAGES.iterdir()} == {f"{name}.png" for name in made}


@pytest.fixture(scope="module")
def printed(pictures, tmp_path_factory):
    if not libreoffice.program() or not shutil.which("pdftohtml"):
        pytest.skip(libreoffice.INSTALL)
    return pictures.Printed(tmp_path_factory.mktemp("pictures"))


@pytest.mark.slow
def test_each_tab_of_a_picture_shows_what_it_is_pictured_for(pictures, printed, tmp_path):
    for picture in pictures.TABS:
        pictures.take(printed, picture, tmp_path)  # LookupError, with the picture to look at again
    assert len([*tmp_path.iterdir()]) == len(pictures.TABS)


@pytest.mark.slow
def test_the_jury_s_page_can_be_pictured(pictures, printed, tmp_path):
    if not browser.program():
        pytest.skip(browser.INSTALL)
    pictures.take_report(printed, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["rapport.png"]


@pytest.mark.slow
def test_pages_of_grist_can_be_pictured(pictures, tmp_path):
    if not browser.program() or not is_here():
        pytest.skip(browser.INSTALL if is_here() else MISSING)
    assert pictures.grist_pictures.take(tmp_path, tmp_path)
    assert {path.name for path in tmp_path.glob("*.png")} == {f"{name}.png" for name in pictures.GRIST}
    assert all(path.stat().st_size < LARGEST for path in tmp_path.glob("*.png"))


@pytest.mark.slow
def test_words_that_a_tab_no_longer_shows_are_told(pictures, printed):
    gone = replace(pictures.TABS[0], words=("Un en-tête disparu",))
    with pytest.raises(LookupError, match="no page of Accueil shows Un en-tête disparu"):
        printed.page(gone)


def test_a_picture_of_a_few_colours_is_kept_as_it_is():
    with imported("palette_png") as program:
        white, red = bytes([252, 252, 252]), bytes([200, 0, 0])
        made = program.palette_png(b"P6\n3 2\n255\n" + white + red + white + red * 3)
    assert made.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">2I", made[16:24]) == (3, 2)
    palette, lines = chunk(made, b"PLTE"), zlib.decompress(chunk(made, b"IDAT"))
    colours = [palette[3 * place : 3 * place + 3] for place in lines[1:4] + lines[5:8]]
    assert colours == [white, red, white, red, red, red]


def chunk(png, name):
    place = png.index(name)
    [size] = struct.unpack(">I", png[place - 4 : place])
    return png[place + 4 : place + 4 + size]


def test_another_kind_of_picture_is_refused():
    with imported("palette_png") as program, pytest.raises(ValueError, match="not a binary PPM picture"):
        program.palette_png(b"P5\n1 1\n255\n\x00")
