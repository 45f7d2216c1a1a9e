"""What the docs say of features is what is installed."""

import pytest

from eig_sheets.installed import FEATURES
from scripts import features_doc
from tests.program import ROOT

pytestmark = pytest.mark.newest


def test_the_table_of_features_is_that_of_the_program():
    text = features_doc.PAGE.read_text(encoding="utf-8")
    assert features_doc.with_table(text) == text, "run `python scripts/features_doc.py --write`"


def test_each_has_its_page():
    assert [feature.id for feature in FEATURES if not (ROOT / "docs" / feature.page).is_file()] == []
