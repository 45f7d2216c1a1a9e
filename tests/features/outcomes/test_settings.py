"""`[outcomes]`: what older configurations say in `[demarche]` is read where it stood."""

import pytest

from eig_sheets import loading
from eig_sheets.features.outcomes.settings import OutcomeSettings

DEMARCHE = "[demarche]\nnumber = 12345\n"


@pytest.fixture
def loaded(tmp_path):
    """A configuration that ends with this text, loaded."""

    def load(text):
        path = tmp_path / "campaign.toml"
        path.write_text(f'extends = "eig5"\n{text}', encoding="utf-8")
        return loading.load(path)

    return load


def test_our_own_messages_tell_applicants_unless_the_service_does(loaded):
    assert not loaded(DEMARCHE).section(OutcomeSettings).service_writes
    assert loaded("[outcomes]\nservice_writes = true\n").section(OutcomeSettings).service_writes


def test_the_key_of_older_configurations_is_read_and_said(loaded):
    campaign = loaded(f"{DEMARCHE}service_writes = true\n")
    assert campaign.section(OutcomeSettings).service_writes
    assert "demarche.service_writes → outcomes.service_writes" in " ".join(campaign.provenance.moved)
