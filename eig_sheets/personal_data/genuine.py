"""Whether a file is one that the program wrote, as it wrote it: only those are ours to erase."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from eig_sheets.report.checksum import is_unchanged

_ID: Final = re.compile(rb"\A(?:[^\r\n]+\r\n)*?Message-ID: <([0-9a-f]{32})@")
_UNSENT: Final = re.compile(rb"\A(?:[^\r\n]+\r\n)*?X-Unsent: 1\r\n")
_INDEX: Final = "<title>E-mails à relire"


def is_genuine(holding_id: str, data: bytes) -> bool:
    """Whether bytes are such a file; what nothing tells is not."""
    check = _CHECKS.get(holding_id)
    return check is not None and check(data)


def _is_draft(data: bytes) -> bool:
    """Whether this is a draft, or their page. What a program saved again has parts of its own making."""
    match = _ID.search(data)
    ours = match is not None and b"=_" + match[1] in data and _UNSENT.search(data) is not None
    return ours or _INDEX.encode() in data


def _is_agenda(data: bytes) -> bool:
    """Whether this is a calendar of ours."""
    from eig_sheets.emails.mail.timetables import is_agenda  # noqa: PLC0415 (icalendar: a tenth of a second)

    return is_agenda(data)


_CHECKS: Final[Mapping[str, Callable[[bytes], bool]]] = {
    "brouillons": _is_draft,
    "agendas": _is_agenda,
    "pages_reunion": is_unchanged,
}
