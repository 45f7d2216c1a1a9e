"""The open data of `export --to DIR`: reads the workbook, writes the files, says what is left out."""

from __future__ import annotations

from pathlib import Path

from eig_sheets.campaign.reading import Reading
from eig_sheets.cli.pipeline import results_of
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.open_data.counts import count_records
from eig_sheets.open_data.files import write_package
from eig_sheets.open_data.package import package_files
from eig_sheets.open_data.projects import UnpublishableError, publication
from eig_sheets.report.algorithm.html_page import html_page
from eig_sheets.report.algorithm.page import UnsaidError, published
from eig_sheets.report.checksum import with_checksum
from eig_sheets.text.french import plural, typographic


def publish(session: Session, folder: Path, *, method: bool, counts: bool) -> None:
    """Write the selected projects into a folder; with the page on the ranking and the numbers, if asked.

    Raises Refusal.
    """
    reading, results = results_of(session)
    today = session.clock.today
    try:
        published = publication(reading, today)
        numbers = count_records(reading, results) if counts else ()
        page = _page(session, reading) if method else b""
        write_package(folder, package_files(reading, published.records, numbers, page, today))
    except (UnpublishableError, UnsaidError) as error:
        raise Refusal(typographic(str(error))) from None
    for notice in published.notices:
        session.say(notice)
    said = plural(len(published.records), "projet lauréat, à relire avant de le publier",
                  "projets lauréats, à relire avant de les publier")  # fmt: skip
    session.say(f"{said} : {folder}")


def _page(session: Session, reading: Reading) -> bytes:
    """The page on the ranking, as `export --algorithm` writes it. Raises UnsaidError."""
    return with_checksum(html_page(published(reading.campaign, reading.overrides, session.clock.today)))
