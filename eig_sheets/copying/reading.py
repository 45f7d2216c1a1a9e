"""A whole Google spreadsheet as what its copy is to hold."""

from __future__ import annotations

from typing import Any

from eig_sheets.copying.book import Book, LongText, Tab
from eig_sheets.copying.looks import Looks, theme_of
from eig_sheets.copying.names import accepted
from eig_sheets.copying.tabs import TabReader

Json = dict[str, Any]

_MARK = "developerMetadata(metadataId,metadataKey,metadataValue)"
_TEXT = "textFormat(foregroundColorStyle,fontFamily,fontSize,bold,italic,strikethrough,underline)"
_FORMAT = f"backgroundColorStyle,borders,horizontalAlignment,verticalAlignment,wrapStrategy,{_TEXT},numberFormat"
MASK = (
    "properties.spreadsheetTheme,sheets(properties(sheetId,title,hidden,tabColorStyle,gridProperties),"
    f"merges,{_MARK},charts.chartId,conditionalFormats,"
    f"data(rowMetadata.hiddenByUser,columnMetadata(pixelSize,hiddenByUser,{_MARK}),rowData.values("
    f"userEnteredValue.formulaValue,effectiveValue,userEnteredFormat({_FORMAT}),effectiveFormat.numberFormat,"
    "hyperlink,note,dataValidation.condition)))"
)
"""The mask of `spreadsheets.get` that gives what a copy needs."""


def described(answer: Json, beside: str) -> Book:
    """The copy of the spreadsheet that `spreadsheets.get` gave with MASK; `beside` names its file of long texts.

    Raises WorkbookError when a tab is larger than a tab of an .xlsx can be.
    """
    sheets = answer.get("sheets", [])
    names = accepted([sheet["properties"]["title"] for sheet in sheets])
    by_id = {sheet["properties"].get("sheetId", 0): name for sheet, name in zip(sheets, names, strict=True)}
    theme = theme_of(answer.get("properties", {}))
    looks = Looks(theme)
    tabs: list[Tab] = []
    long_texts: list[LongText] = []
    for sheet in sheets:
        reader = TabReader(sheet, by_id, theme, looks, beside)
        tabs.append(reader.tab())
        long_texts += reader.long_texts
    return Book(tuple(tabs), tuple(long_texts))
