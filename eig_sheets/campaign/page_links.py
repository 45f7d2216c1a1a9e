"""Where each juror fills their page online, as the tab `Grilles` records it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.since_last_run import recorded_lines
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook.model.cells import CellValue
from eig_sheets.workbook.render.grilles import HEADERS, PageLink

TAB: Final = "grilles"


def recorded_page_links(reading: Reading, last_run: LastRun) -> tuple[PageLink, ...]:
    """The recorded pages that nobody edited, in the order of the tab, each once."""
    return tuple(dict.fromkeys(_genuine(recorded_lines(TAB, HEADERS, reading, last_run))))


def _genuine(lines: Iterable[Mapping[str, CellValue]]) -> Iterator[PageLink]:
    """The pages of the lines whose checksum holds."""
    for line in lines:
        one = PageLink(str(line["E-mail du juré"]), str(line["Page"]), str(line["Lien"]))
        if one.checksum == line["Empreinte"]:
            yield one


def with_links(links: Sequence[PageLink], new: Sequence[PageLink]) -> tuple[PageLink, ...]:
    """The pages, those of `new` in place of what was known of the same juror and kind."""
    changed = {(one.jure, one.page): one for one in new}
    kept = [changed.pop((one.jure, one.page), one) for one in links]
    return (*kept, *changed.values())
