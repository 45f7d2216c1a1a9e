"""Completes XlsxWriter's file with what it cannot write: some values, and the marks of tabs and columns."""

from __future__ import annotations

import re
from collections.abc import Mapping

from eig_sheets.spreadsheet.model.cells import CellError
from eig_sheets.spreadsheet.new_xlsx.content import (
    Book,
    FileValue,
)
from eig_sheets.spreadsheet.xlsx import marks
from eig_sheets.spreadsheet.xlsx.contents import Contents
from eig_sheets.spreadsheet.xlsx.markup import escape_text
from eig_sheets.spreadsheet.xlsx.package import Package
from eig_sheets.spreadsheet.xlsx.read import LISTS_TAB_MARK

_PROPERTIES = ("docProps/app.xml", "docProps/core.xml")
"""Dropped: they name Excel as the program and the moment, so that equal spreadsheets would give different files."""


def needs_completion(value: FileValue) -> bool:
    """Whether XlsxWriter cannot write a value: an error, seventeen digits, a text that it would take for XML."""
    if isinstance(value, str):
        return value.startswith("<r>") and value.endswith("</r>")
    return value is not None and (isinstance(value, CellError) or float(f"{value:.16G}") != value)


def completed(data: bytes, book: Book, values: Mapping[str, Mapping[str, FileValue]], lists: str) -> bytes:
    """The completed file: `values` by tab and address, for blank cells; `lists` is the tab of drop-downs."""
    package = Package(data)
    contents = Contents(package)
    for tab in book.tabs:
        _fill(contents, tab.name, values[tab.name])
        if tab.mark is not None:
            marks.mark_tab(contents, tab.name, tab.mark)
        for column, mark in tab.column_marks.items():
            marks.mark_column(contents, tab.name, max(tab.frozen_rows, 1), column, mark)
    if lists:
        marks.mark_tab(contents, lists, LISTS_TAB_MARK)
    for part in _PROPERTIES:
        package.drop("", part)
    return package.to_bytes()


def _fill(contents: Contents, tab: str, values: Mapping[str, FileValue]) -> None:
    """Give blank cells their values; no cell names the usual style, or LibreOffice would put its lines on one."""

    def filled(match: re.Match[bytes]) -> bytes:
        value = values.get(match[2].decode())
        return match[0] if value is None else match[1] + _rest(value).encode()

    listed = contents.tab(tab)
    if listed:
        data = re.sub(rb'(<c r="[A-Z]+[0-9]+") s="0"', rb"\1", contents.package.read(listed.part))
        if values:
            data = re.sub(rb'(<c r="([A-Z]+[0-9]+)"[^>]*?)/>', filled, data)
        contents.package.write(listed.part, data)


def _rest(value: FileValue) -> str:
    """The end of the element of a cell, after its address and its style."""
    if isinstance(value, CellError):
        return f' t="e"><v>{escape_text(value.code)}</v></c>'
    if isinstance(value, str):
        return f' t="inlineStr"><is><t xml:space="preserve">{escape_text(value)}</t></is></c>'
    return f"><v>{value!r}</v></c>"
