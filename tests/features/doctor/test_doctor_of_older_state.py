"""`doctor` on what an older version left: nothing in it is in the way."""

import pytest

from tests.kept.conftest import connected as connected  # noqa: PLC0414 (a fixture, as the others below)
from tests.kept.conftest import left as left  # noqa: PLC0414
from tests.kept.conftest import ours as ours  # noqa: PLC0414
from tests.kept.test_state_of_0_1_0 import JSON, eig

pytest.importorskip("eig_sheets.features.privacy", reason="the configuration that was kept has its section")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["jury", "ended"])
def test_nothing_is_an_error(left, ours, tmp_path, name):
    found = eig(ours.copied(left / name, tmp_path / name), "doctor", *JSON).records
    assert [one for one in found if one["status"] == "erreur"] == []
