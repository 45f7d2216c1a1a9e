"""What `[alerts]` takes, and that the URL of a check is not quoted."""

import pytest

from eig_sheets.config import ConfigError
from eig_sheets.config.outlets import AlertSettings, alert_errors
from eig_sheets.loading import load

pytestmark = pytest.mark.newest


@pytest.mark.parametrize(
    "url", ["", "https://hc.example.org/ping/x", "https://hc.example.org:8443/x?create=1", "http://127.0.0.1:8000/x"]
)
def test_what_is_accepted(url):
    assert [*alert_errors(AlertSettings(operator="robot@example.org", health_url=url))] == []


@pytest.mark.parametrize(
    "url",
    ["http://hc.example.org/secret", "hc.example.org/secret", "https:///secret", "https://hc.example.org/secret/fail",
     "https://hc.example.org/secret fail", "https://hc.example.org/é-secret", "https://hc.example.org/#secret",
     "ftp://hc.example.org/secret", "https://hc.example.org:port/secret"],
)  # fmt: skip
def test_what_is_refused_without_being_quoted(url):
    [sentence] = alert_errors(AlertSettings(health_url=url))
    assert sentence.startswith("alerts.health_url n’est pas accepté")
    assert "secret" not in sentence


def test_nor_is_it_when_it_is_not_even_a_text(tmp_path):
    path = tmp_path / "campaign.toml"
    path.write_text('[alerts]\nhealth_url = ["https://hc.example.org/secret"]\n', encoding="utf-8")
    with pytest.raises(ConfigError, match="health_url n’est pas accepté") as caught:
        load(path)
    assert "secret" not in str(caught.value)


def test_an_operator_is_one_address():
    for wrong in ("robot", "a@example.org, b@example.org"):
        [sentence] = alert_errors(AlertSettings(operator=wrong))
        assert sentence.startswith("alerts.operator")
