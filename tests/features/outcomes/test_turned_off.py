"""A call that does without outcomes: what was pushed before is kept, and known when they come back."""

import pytest

from eig_sheets import loading
from eig_sheets.campaign.dependencies import decisive_columns
from tests.columns import EIG5
from tests.features.outcomes.campaign import PUSHED, SELECTED, by_dossier, mutations

pytestmark = pytest.mark.in_memory


@pytest.mark.slow
def test_what_was_pushed_is_not_pushed_again_once_it_is_back(told, service):
    assert told.push(4).code == 0
    service.service.touch(SELECTED, state="en_instruction")
    written = told.config.read_text(encoding="utf-8")
    told.config.write_text(f'[features]\nwithout = ["outcomes"]\n{written}', encoding="utf-8")
    refused = told.outcomes("push", "--dry-run")
    assert (refused.code, "les décisions rendues dans Démarche Numérique" in refused.err) == (2, True)
    assert told.run("sync").code == 0
    assert "outcomes" not in told.run("--help").out
    told.config.write_text(written, encoding="utf-8")
    again = told.outcomes("push", "--confirm", "0")
    assert by_dossier(again)[SELECTED] == ("accepter", "retenu", ["rouvert_dans_le_service"])
    assert len(mutations(service)) == len(PUSHED)


def test_nothing_rests_any_more_on_the_state_of_a_dossier(tmp_path):
    path = tmp_path / "campaign.toml"
    path.write_text('extends = "eig5"\n[features]\nwithout = ["outcomes"]\n', encoding="utf-8")
    assert "etat" in decisive_columns(EIG5)["candidatures"]
    assert "etat" not in decisive_columns(loading.load(path))["candidatures"]
