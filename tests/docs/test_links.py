"""What documentation links to exists, and every page is found from the list of docs/README.md."""

import pytest

from tests.docs.pages import GUIDES, INDEX, PAGES, README, ROOT, anchors, links

IMAGES = ROOT / "docs" / "images"


def broken(page):
    for target, anchor in links(page):
        if not target.exists() or (anchor and anchor not in anchors(target)):
            yield f"{target.name}#{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_each_link_leads_to_a_file_and_to_a_heading_of_it(page):
    assert [*broken(page)] == []


def test_a_broken_link_is_seen(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Une page, à l’essai\n\n[a](#une-page-à-lessai) [b](#ailleurs) [c](page.md#non) [d](non.md)\n")
    assert [*broken(page)] == ["page.md#ailleurs", "page.md#non", "non.md#"]


def test_every_page_is_once_in_the_list_of_pages():
    listed = [target for target, _ in links(INDEX)]
    pages = [page for page in PAGES if page.parent == INDEX.parent and page != INDEX]
    assert [page.name for page in pages if listed.count(page) != 1] == []


def test_the_readme_and_each_guide_lead_to_the_list_or_to_a_guide():
    first = {target for target, _ in links(README)}
    assert INDEX in first
    readers = [guide for guide in GUIDES if guide.name != "guide.fr.md"]
    assert len(readers) == 4
    assert [guide.name for guide in readers if guide not in first] == []


def test_pictures_are_few_small_and_used():
    pictures = sorted(IMAGES.iterdir())
    used = {target for page in PAGES for target, _ in links(page) if target.parent == IMAGES}
    assert len(pictures) <= 15
    assert [picture.name for picture in pictures if picture not in used] == []
    assert [picture.name for picture in pictures if picture.stat().st_size > 150_000] == []
