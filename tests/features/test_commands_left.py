"""No page that is left once a feature is deleted tells to type a command of it."""

import pytest

from eig_sheets.cli.commands import ADVANCED, EVERYDAY
from eig_sheets.installed import FEATURES
from eig_sheets.registry import CommandGroup
from tests.docs.command_line import path_of
from tests.docs.pages import PAGES, ROOT, in_blocks, in_sentences, named, text_of
from tests.features.deletion import with_those_that_need, without_links

pytestmark = pytest.mark.newest

WRITTEN_AGAIN = (ROOT / "docs" / "anomalies.fr.md",)
"""Pages whose every command comes from the code: the deletion has them written again."""
OF_THE_CALL = {entry.name for entry in (*EVERYDAY, *ADVANCED)}


def paths_of(feature):
    """Its commands, by the words that lead to each."""
    for entry in feature.commands:
        below = entry.commands if isinstance(entry, CommandGroup) else ()
        yield from ((entry.name, one.name) for one in below) if below else [(entry.name,)]


def said_after(features, folder):
    """What the pages that are left without these features tell to type."""
    own = {page for feature in features for page in (feature.page, *feature.other_pages)}
    for page in PAGES:
        if page.name not in own and page not in WRITTEN_AGAIN:
            left, text = folder / page.name, text_of(page)
            for gone in own:
                text = without_links(text, gone)
            left.write_text(text, encoding="utf-8")
            yield from (*in_blocks(left), *in_sentences(left), *named(left, OF_THE_CALL))


@pytest.mark.parametrize("feature", [one for one in FEATURES if one.commands], ids=lambda one: one.id)
def test_no_page_left_names_a_command_that_goes(feature, tmp_path):
    gone = with_those_that_need(feature)
    paths = {path for one in gone for path in paths_of(one)}
    said = [typed for typed in said_after(gone, tmp_path) if typed.words[:1] != ("COMMANDE",)]
    assert len(said) > 150
    assert [str(typed) for typed in said if path_of(typed.words) in paths] == []
