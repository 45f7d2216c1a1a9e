import pytest

from tests.emails.outlets import certificates


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    return certificates.made(tmp_path_factory.mktemp("tls"))
