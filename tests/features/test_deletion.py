"""A feature can be deleted: what is left is linted, typed and tested, and runs, with nothing of it."""

import pytest

from eig_sheets.installed import FEATURES
from tests.contributing.examples import BIN, Checkout
from tests.features.deletion import delete

LEFT = [feature for feature in FEATURES if not any(feature.id in other.needs for other in FEATURES)]
"""Those that no other one needs: a feature that others need goes after them."""


@pytest.mark.slow
@pytest.mark.parametrize("feature", LEFT, ids=lambda feature: feature.id)
def test_a_feature_can_be_deleted(feature, tmp_path):
    copy = Checkout.copied(tmp_path / "copy")
    delete(feature, copy)
    copy.lint()
    copy.types()
    campaign = tmp_path / "demonstration"
    copy.run(BIN / "python", "-m", "eig_sheets", "demo", campaign)
    for command in ("sync", "check"):
        copy.run(BIN / "python", "-m", "eig_sheets", "--config", campaign / "config" / "campaign.toml", command)
    copy.test("-n", "2", "tests")
