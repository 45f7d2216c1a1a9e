"""The README says what the program does."""

from tests.docs.pages import README, links


def test_what_it_links_to_exists():
    assert [target.name for target, _ in links(README) if not target.exists()] == []
