"""Every added part has a content type, whether the file has Overrides or Defaults; people's parts keep theirs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from eig_sheets.spreadsheet.model.plan import AddColumn, CreateTab, ReplaceTab
from eig_sheets.spreadsheet.model.sheet import Column, Format
from tests.spreadsheet import libreoffice
from tests.spreadsheet.xlsx import excel365
from tests.spreadsheet.xlsx.books import RANKING, applied, new_book, opened, ranking
from tests.spreadsheet.xlsx.opc import CONTENT_TYPES, Parts, content_types, load, save
from tests.spreadsheet.xlsx.package_check import OF_EXTENSIONS, problems
from tests.spreadsheet.xlsx.test_tab import PEOPLE

RANK = Column("Rang", Format.INTEGER, note="Une note")
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
NEW_TABS = (CreateTab(RANKING), CreateTab(type(PEOPLE)("suivi", "Suivi", PEOPLE.owner, PEOPLE.columns)))
NOTED = AddColumn("Listes", 1, 2, RANK, "rang")
"""A column with a note, in a tab that has no relationship yet."""


def rewritten(parts: Parts, lines: str) -> Parts:
    """The same parts with other lines of content types."""
    return {**parts, CONTENT_TYPES: f'<?xml version="1.0"?>\n<Types xmlns="{TYPES}">{lines}</Types>'.encode()}


def as_old_libreoffice(parts: Parts) -> Parts:
    """As LibreOffice wrote them up to 6.0: a line for each part, relationships included, none for an extension."""
    lines = [f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in content_types(parts).items()]
    return rewritten(parts, "".join(lines))


def without(extension: str, parts: Parts) -> Parts:
    """Without the line of an extension, of which the parts that there are have one each."""
    types = parts[CONTENT_TYPES].decode()
    own = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>'
        for name, kind in content_types(parts).items()
        if name.endswith("." + extension) and f'"/{name}"' not in types
    )
    line = rf'<Default Extension="{extension}"[^>]*>'
    return {**parts, CONTENT_TYPES: re.sub(line, "", types).replace("</Types>", own + "</Types>").encode()}


def replaced(parts: Parts, pattern: str, new: str | Callable[[re.Match[str]], str]) -> Parts:
    """With a passage of the content types changed, which must be there."""
    text, times = re.subn(pattern, new, parts[CONTENT_TYPES].decode())
    assert times
    return {**parts, CONTENT_TYPES: text.encode()}


def prefixed(parts: Parts) -> Parts:
    """Content types and relationships with a prefix, which is legal."""
    named = {name for name in parts if name.endswith(".rels")} | {CONTENT_TYPES}
    return {
        name: re.sub(rb"<(/?)([A-Z])", rb"<\1p:\2", content).replace(b"xmlns=", b"xmlns:p=")
        if name in named
        else content
        for name, content in parts.items()
    }


def with_line(kind: str, parts: Parts, line: str) -> Parts:
    """With one more line of content type."""
    return replaced(parts, "</Types>", f"<{kind} {line}/></Types>")


SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
WORKSHEET, COMMENTS = f"{SPREADSHEET}.worksheet+xml", f"{SPREADSHEET}.comments+xml"
RELATIONSHIPS, VML = OF_EXTENSIONS["rels"], OF_EXTENSIONS["vml"]
GONE = "xl/worksheets/sheet6.xml"
SOUND = load(excel365.campaign())
OLD = as_old_libreoffice(SOUND)
VARIANTS = {
    "as it is": SOUND,
    "as old LibreOffice": OLD,
    "no default for rels": without("rels", SOUND),
    "no default for xml": without("xml", SOUND),
    "no default for vml": without("vml", SOUND),
    "capital extensions": replaced(SOUND, 'Extension="(rels|xml|vml)"', lambda it: f'Extension="{it[1].upper()}"'),
    "capital names": replaced(OLD, r'PartName="([^"]*)"', lambda it: f'PartName="{it[1].upper()}"'),
    "prefixed": prefixed(OLD),
    "another default for vml": with_line("Default", without("vml", SOUND), 'Extension="vml" ContentType="image/png"'),
    "another default for rels": with_line("Default", without("rels", SOUND), 'Extension="rels" ContentType="text/xml"'),
    "a line without its part": with_line("Override", SOUND, f'PartName="/{GONE}" ContentType="image/png"'),
    "entries in capitals": {name if name == CONTENT_TYPES else name.upper(): part for name, part in SOUND.items()},
}


def written(folder: Path, before: Parts) -> Parts:
    """The parts, by their usual names, once the robot has added its own and written them again."""
    book = opened(folder, save(before))
    applied(book, *NEW_TABS, NOTED)
    applied(book, ReplaceTab("Classement", ranking((1, "Un", 2, ""))))
    return usual(load(book._path))


def usual(parts: Parts) -> Parts:
    """The same by their usual names."""
    names = {name.lower(): name for name in SOUND}
    return {names.get(name.lower(), name): content for name, content in parts.items()}


@pytest.mark.parametrize("name", VARIANTS)
def test_each_part_that_is_added_has_its_type(tmp_path, name):
    before = usual(VARIANTS[name])
    after = written(tmp_path, VARIANTS[name])
    types = content_types(after)
    assert {part: types[part] for part in content_types(before)} == content_types(before)
    added = Counter((part.rpartition(".")[2], types[part]) for part in after if part not in before)
    assert added == {("xml", WORKSHEET): 3, ("xml", COMMENTS): 3, ("vml", VML): 3, ("rels", RELATIONSHIPS): 3}
    left = {("content_type_orphan", GONE)} if name == "a line without its part" else set()
    assert {(problem.code, problem.part) for problem in problems(save(after))} == left


def test_a_part_that_an_earlier_version_left_without_a_type_gets_one(tmp_path):
    after = written(tmp_path, OLD)
    damaged = replaced(after, r'<Default Extension="rels"[^>]*>|<Override PartName="/xl/worksheets/_rels/[^>]*>', "")
    assert any(problem.code == "content_type_missing" for problem in problems(save(damaged)))
    book = opened(tmp_path, save(damaged), "abime.xlsx")
    applied(book, ReplaceTab("Classement", ranking((1, "Deux", 2, ""))))
    assert problems(book._path) == []


def test_a_part_of_people_that_has_no_type_keeps_none(tmp_path):
    """It may have made Excel complain: nothing that we write makes it worse, and nothing is refused for it."""
    after = written(tmp_path, {**OLD, "xl/notes.dat": b"x"})
    assert content_types(after)["xl/notes.dat"] == ""
    assert {problem.part for problem in problems(save(after))} == {"xl/notes.dat"}


@pytest.mark.slow
def test_programs_open_what_was_added_to_a_file_of_old_libreoffice(tmp_path):
    made = new_book(tmp_path, PEOPLE)
    real = libreoffice.convert(Path(made.location), "xlsx", tmp_path / "lo", profile=tmp_path / "profile")
    book = opened(tmp_path, save(as_old_libreoffice(load(real))))
    applied(book, CreateTab(RANKING), AddColumn("Candidatures", 1, 6, RANK, "rang_2"))
    assert [problem for problem in problems(book._path) if problem.code.startswith("content_type")] == []
    path = libreoffice.convert(book._path, "xlsx", tmp_path / "again", profile=tmp_path / "profile")
    for file in (book._path, path):
        tabs = openpyxl.load_workbook(file)
        assert [cell.comment is not None for cell in tabs["Classement"][3]] == [True, False, False, False]
        assert tabs["Candidatures"]["G1"].comment.text == "Une note"
