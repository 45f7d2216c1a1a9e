"""Files of a record: packages part by part, databases as SQL, long lines by their digest."""

from __future__ import annotations

import re
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl

PACKAGES = (".xlsx", ".docx", ".zip")
_LONGEST = 20_000
_DIGEST = 16
_VERSION = re.compile(r"\.[0-9a-f]{12}\.xlsx$")
"""Of a copy of a workbook: of its bytes, where openpyxl puts the hour of the machine when people type in it."""


def write(path: Path, content: str | bytes) -> None:
    """A file of the record, with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def keep_folder(source: Path, into: Path, anonymous: Callable[[str], str]) -> None:
    """Every file of a folder, in a form that can be compared; of locks and of copies of a workbook, the names alone."""
    paths = sorted(path for path in source.rglob("*") if path.is_file())
    names = (_VERSION.sub(".DIGEST.xlsx", anonymous(str(path.relative_to(source)))) for path in paths)
    write(into / "files.txt", "".join(f"{name}\n" for name in names))
    for path in paths:
        if "verrou" not in path.name and path.parent.name != "versions":
            keep(path, into / anonymous(str(path.relative_to(source))), anonymous)


def keep(path: Path, into: Path, anonymous: Callable[[str], str]) -> None:
    """One file."""
    if path.suffix in PACKAGES:
        unpack(path, into)
    elif path.suffix == ".sqlite3":
        write(into.with_suffix(".sql"), _sql(path, anonymous))
    else:
        write(into, _shortened(anonymous(path.read_bytes().decode("utf-8", "surrogateescape"))))


def unpack(package: Path, folder: Path) -> None:
    """Each part of a package as a file, one element a line so that a difference can be read; and their order."""
    with zipfile.ZipFile(package) as parts:
        for name in parts.namelist():
            content = parts.read(name)
            write(folder / name, content.replace(b"><", b">\n<") if name.endswith((".xml", ".rels")) else content)
        write(folder / "order.txt", "\n".join(parts.namelist()))


def _sql(path: Path, anonymous: Callable[[str], str]) -> str:
    """A database in SQL; what is long in it, by its digest."""
    lines = []
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as base:
        found = base.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY 1, 2").fetchall()
        for kind, name, sql in found:
            lines.append(f"{sql};")
            if kind == "table":
                rows = base.execute(f'SELECT * FROM "{name}"')  # noqa: S608
                lines += sorted(anonymous(repr(tuple(map(_told, row)))) for row in rows)
    return "\n".join(lines)


def _told(value: Any) -> Any:
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    return _shortened(value) if isinstance(value, str) else value


def _shortened(text: str) -> bytes | str:
    lines = text.split("\n")
    if all(len(line) <= _LONGEST for line in lines):
        return text.encode("utf-8", "surrogateescape")
    raw = (line.encode("utf-8", "surrogateescape") for line in lines)
    return b"\n".join(
        one if len(one) <= _LONGEST else f"{len(one)} bytes {sha256(one).hexdigest()[:_DIGEST]}".encode() for one in raw
    )


def cells(path: Path) -> str:
    """A workbook by cells, formats and rules, whatever library wrote it."""
    book = openpyxl.load_workbook(path)
    lines = []
    for sheet in book:
        lines += [f"# {sheet.title} {sheet.sheet_state} {sheet.freeze_panes} {sheet.auto_filter.ref}"]
        widths = {letter: round(dimension.width, 2) for letter, dimension in sorted(sheet.column_dimensions.items())}
        lines += [f"widths {widths}", f"merged {sorted(map(str, sheet.merged_cells.ranges))}"]
        rules = sheet.data_validations.dataValidation
        lines += sorted(f"rule {rule.sqref} {rule.type} {rule.formula1} {rule.formula2}" for rule in rules)
        for where in sheet.conditional_formatting:
            lines += [f"colours {where.sqref} {rule.type} {rule.formula} {rule.operator}" for rule in where.rules]
        for row in sheet.iter_rows():
            lines += [_described(cell) for cell in row if cell.value is not None or cell.has_style]
    return "\n".join(lines)


def _described(cell: Any) -> str:
    """A cell in a line: its value, format, font, fill, alignment, note and link."""
    fill = cell.fill.start_color.rgb if cell.fill.fill_type else None
    font = (cell.font.b, cell.font.i, cell.font.color.rgb if cell.font.color else None)
    side = (cell.alignment.horizontal, cell.alignment.vertical, cell.alignment.wrap_text)
    link = cell.hyperlink.target if cell.hyperlink else None
    note = cell.comment.text if cell.comment else None
    return f"{cell.coordinate} {cell.value!r} {cell.number_format!r} {font} {fill} {side} {link} {note!r}"
