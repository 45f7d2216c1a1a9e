"""Where each juror fills their page, online or in a file, as the tab `Grilles` records it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from eig_sheets.call.jury.grilles import TABLE, PageLink
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.since_last_run import recorded_lines
from eig_sheets.spreadsheet.model.cells import CellValue
from eig_sheets.storage.last_run import LastRun

TAB: Final = "grilles"
_FIELDS: Final = ("jure", "page", "link", "file", "file_digest")


def recorded_page_links(reading: Reading, last_run: LastRun) -> tuple[PageLink, ...]:
    """The recorded pages that nobody edited, in the order of the tab, each once."""
    return tuple(dict.fromkeys(_genuine(recorded_lines(TAB, TABLE, reading, last_run))))


def _genuine(lines: Iterable[Mapping[str, CellValue]]) -> Iterator[PageLink]:
    """The pages of the lines whose checksum holds."""
    for line in lines:
        jure, page, link, file, file_digest = (_text(line[field]) for field in _FIELDS)
        # An earlier version had no columns for a file: what people typed in their place is none.
        for page_link in (PageLink(jure, page, link, file, file_digest if file else ""), PageLink(jure, page, link)):
            if page_link.checksum == line["checksum"]:
                yield page_link
                break


def _text(value: CellValue) -> str:
    return "" if value is None else str(value)


def with_links(links: Sequence[PageLink], new: Sequence[PageLink]) -> tuple[PageLink, ...]:
    """The pages, with what `new` says of each juror and kind: a link keeps the file that was known, a file the link."""
    changed = {(link.jure, link.page): link for link in new}
    kept = [_merged(link, changed.pop((link.jure, link.page), link)) for link in links]
    return (*kept, *changed.values())


def _merged(known: PageLink, new: PageLink) -> PageLink:
    link = new.link or known.link
    return replace(new if new.file else known, link=link)
