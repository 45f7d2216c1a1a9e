"""What the docs say of features is what is installed."""

import pytest

from eig_sheets.installed import FEATURES
from scripts import features_doc
from tests.program import ROOT

pytestmark = pytest.mark.newest


@pytest.mark.slow
@pytest.mark.parametrize("page", features_doc.TABLES, ids=lambda page: page.name)
def test_the_tables_of_features_and_of_their_parts_are_those_of_the_program(page):
    text = page.read_text(encoding="utf-8")
    assert features_doc.with_table(page, text) == text, "run `python scripts/features_doc.py --write`"


def test_each_has_its_page():
    assert [feature.id for feature in FEATURES if not (ROOT / "docs" / feature.page).is_file()] == []
