"""What `Grilles` records of each juror's page: its link, its file, and what earlier versions wrote."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.call.jury.grilles import TABLE, PageLink, rows
from eig_sheets.call.jury.page_links import recorded_page_links, with_links
from eig_sheets.spreadsheet.model.snapshot import TabSnapshot
from eig_sheets.storage.last_run import LastRun
from eig_sheets.workbook.read_back import digest
from tests.workbook.snapshots import book, reading

ANNA, URL = "anna@jury.example", "https://example.org/anna"
LINK = PageLink(ANNA, "Grille", URL)
FILE = PageLink(ANNA, "Grille", file="grille-anna.xlsx", file_digest="d" * 64)
BOTH = PageLink(ANNA, "Grille", URL, "grille-anna.xlsx", "d" * 64)
DECLARATION = PageLink(ANNA, "Déclaration", file="declaration-anna.xlsx", file_digest="e" * 64)
PAGES = st.lists(st.sampled_from([LINK, FILE, BOTH, DECLARATION]), unique_by=lambda page: (page.jure, page.page))


def recorded(*lines):
    """What is read of the tab, by a machine that did not write it."""
    snapshot = book()
    tab = TabSnapshot("Grilles", [list(line) for line in lines], mark="grilles")
    return recorded_page_links(reading(replace(snapshot, tabs=(*snapshot.tabs, tab))), LastRun())


@pytest.mark.parametrize("page", [LINK, FILE, BOTH])
def test_a_row_is_read_back_as_it_was_written(page):
    written = rows([page], reading(book()).valid_rows("jury"))
    assert recorded(TABLE.sheet_headers, *written) == (page,)


@pytest.mark.parametrize("field", range(len(TABLE.sheet_headers)))
def test_a_row_that_somebody_edited_is_none(field):
    [line] = rows([BOTH], reading(book()).valid_rows("jury"))
    edited = [*line[:field], "autre", *line[field + 1 :]]
    assert recorded(TABLE.sheet_headers, edited) == ((BOTH,) if TABLE.sheet_headers[field] == "Juré" else ())


@pytest.mark.parametrize("beside", [(), ("à rappeler", "jeudi")])
def test_a_row_of_an_earlier_version_is_valid_whatever_was_typed_beside(beside):
    headers = ("E-mail du juré", "Juré", "Page", "Lien", "Empreinte")
    line = (ANNA, "Anna", "Grille", URL, digest((ANNA, "Grille", URL)))
    assert recorded(headers, (*line, *beside)) == (LINK,)


def test_a_link_keeps_the_file_and_a_file_the_link():
    assert with_links([LINK], [FILE]) == with_links([FILE], [LINK]) == (BOTH,)
    again = PageLink(ANNA, "Grille", file="autre.xlsx", file_digest="f" * 64)
    assert with_links([BOTH], [again]) == (PageLink(ANNA, "Grille", URL, "autre.xlsx", "f" * 64),)


@given(PAGES, PAGES)
def test_what_was_recorded_last_is_there_and_to_record_it_twice_changes_nothing(known, new):
    once = with_links(with_links((), known), new)
    assert with_links(once, new) == once
    for link in new:
        [there] = [page for page in once if (page.jure, page.page) == (link.jure, link.page)]
        assert not link.link or there.link
        assert not link.file or there.file
