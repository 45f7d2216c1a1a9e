"""What a write trial that failed left, of a program that says how long it keeps what."""

import pytest

pytest.importorskip("eig_sheets.features.privacy")
from tests.features.privacy.archived import age, run
from tests.features.privacy.test_archives import listed
from tests.features.privacy.test_archives import over as over  # noqa: PLC0414 (a fixture)

pytestmark = pytest.mark.in_memory


def test_what_a_write_trial_left_goes_like_other_versions(over):
    left = over.state.folder / "versions-essai" / "campagne.20220801-120000-000000.abcdef012345.xlsx"
    left.parent.mkdir()
    left.write_bytes(b"ancien")
    age(left)
    assert listed(over)["versions_essai", True]["count"] == 1
    run(over, "sync")
    assert not left.exists()
