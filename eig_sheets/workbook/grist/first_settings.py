"""Settings that a document gets once, with our first write: French numbers and dates, no blank first table. Pure.

The mark that we leave says so: whatever locale people choose afterwards stays, and the blank table that they add too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from eig_sheets.workbook.grist.document import MARKS, SETTINGS_MARK, Document, GristTable

_LOCALE, _CURRENCY, _LANGUAGE = "fr-FR", "EUR", "fr-"
_DEFAULT: Final = "en-US"
"""The locale that Grist gives a document made through its API."""
_BLANK: Final = "Table1"
"""The table that Grist puts into a new document."""


def actions(document: Document, zone: str, *, makes_tables: bool) -> Iterator[list[Any]]:
    """The actions that set up the document, whose moments are in that zone; none in one that was set up before.

    `makes_tables`: whether there will be tables of ours to show, without which Grist shows the blank one.
    """
    if document.has_settings:
        return
    yield ["AddRecord", MARKS, None, {"table_id": "", "col_id": "", "repere": SETTINGS_MARK, "robot": False}]
    if _is_foreign(document):
        values = {**document.settings.values, "locale": _LOCALE, "currency": _CURRENCY}
        settings = json.dumps(values, ensure_ascii=False)
        yield ["UpdateRecord", "_grist_DocInfo", 1, {"documentSettings": settings, "timezone": zone}]
    for table in document.tables if makes_tables else ():
        if is_blank_first(table, document):
            # Grist refuses a row whose number is taken, and with it the list, when somebody has typed there meanwhile.
            yield ["AddRecord", table.id, 1, {}]
            yield ["RemoveTable", table.id]


def _is_foreign(document: Document) -> bool:
    """Whether its numbers are not written as in France: by the server's choice, where we have written before."""
    locale = str(document.settings.values.get("locale") or _DEFAULT)
    return locale == _DEFAULT if document.identity else not locale.startswith(_LANGUAGE)


def is_blank_first(table: GristTable, document: Document) -> bool:
    """Whether it is the table that Grist makes in a new document, as it makes it, on its page alone."""
    own = [widget for widget in document.widgets if widget.view == table.primary_view]
    is_alone = len(own) == 1 and own[0].is_plain
    names = [(column.id, column.label) for column in table.columns]
    return (
        table.is_unused
        and table.id == table.title == _BLANK
        and is_alone
        and names == [*zip("ABC", "ABC", strict=True)]
    )
