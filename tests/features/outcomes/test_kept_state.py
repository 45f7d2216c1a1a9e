"""What version 0.1.0 left in doubt is done once by this one."""

import pytest

from tests.kept.conftest import connected as connected  # noqa: PLC0414 (a fixture, as the others)
from tests.kept.conftest import ended as ended  # noqa: PLC0414
from tests.kept.conftest import left as left  # noqa: PLC0414
from tests.kept.conftest import ours as ours  # noqa: PLC0414
from tests.kept.services import ENVIRONMENT
from tests.program import run

pytest.importorskip("eig_sheets.features.privacy", reason="the configuration that was kept has its section")


@pytest.mark.slow
def test_the_act_that_was_in_doubt_is_done_and_no_other(ended, ours):
    pushed = run("--config", ended / "config" / "campaign.toml", "outcomes", "push", "--confirm", "1", env=ENVIRONMENT)
    assert pushed.code == 0, pushed
    dossiers = ours.demarche.service.dossiers
    assert dossiers[4512000].pop("state") == "accepte"
    dossiers[4512000]["state"] = "en_instruction"
    asked = [one["operationName"] for one in ours.demarche.requests if one["operationName"].startswith("dossier")]
    assert len(asked) == 1
