import json
import os
import shlex
from pathlib import Path

import google.auth.aws
import google.auth.identity_pool
import google.auth.impersonated_credentials
import google.auth.pluggable
import google.oauth2.credentials
import google.oauth2.service_account
import pytest

from eig_sheets.spreadsheet.google.credentials import account_of, find
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.text.french import typographic
from tests.sheets_server.auth import EMAIL

SCOPE = "https://www.googleapis.com/auth/spreadsheets"
USER = {"type": "authorized_user", "client_id": "c", "client_secret": "s", "refresh_token": "1//r"}
POOL = "//iam.googleapis.com/locations/global/workforcePools/p/providers/ci"
EXTERNAL = {
    "type": "external_account",
    "audience": POOL,
    "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
    "token_url": "https://sts.googleapis.com/v1/token",
    "credential_source": {"file": "/run/token"},
}
IMPERSONATION = (
    "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/robot@eig.example:generateAccessToken"
)
AWS = {
    "environment_id": "aws1",
    "region_url": "http://169.254.169.254/latest/meta-data/placement/availability-zone",
    "regional_cred_verification_url": "https://sts.{region}.amazonaws.com?Action=GetCallerIdentity",
}


@pytest.fixture
def key(shared_google) -> dict:
    """The content of the robot's real key file."""
    return json.loads(Path(shared_google.service_account).read_text(encoding="utf-8"))


@pytest.fixture
def file(tmp_path):
    """Writes a key file that only its owner may read."""

    def write(content, name="clé du robot.json", mode=0o600):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        path.chmod(mode)
        return path

    return write


def refusal_of(path) -> str:
    with pytest.raises(WorkbookError) as refused:
        find({"GOOGLE_APPLICATION_CREDENTIALS": str(path)})
    assert refused.value.__context__ is None  # what the libraries said of the content goes nowhere
    return str(refused.value)


def credentials_of(path):
    return find({"GOOGLE_APPLICATION_CREDENTIALS": str(path)})


def test_the_key_of_a_service_account(file, key):
    credentials = credentials_of(file(key))
    assert isinstance(credentials, google.oauth2.service_account.Credentials)
    assert credentials.scopes == (SCOPE,)
    assert account_of(credentials) == EMAIL


def test_a_path_may_start_with_the_home_folder(file, key, monkeypatch):
    monkeypatch.setenv("HOME", str(file(key, "clé.json").parent))
    assert account_of(credentials_of("~/clé.json")) == EMAIL


@pytest.mark.parametrize(
    ("content", "kind", "account"),
    [
        (USER, google.oauth2.credentials.Credentials, None),
        (USER | {"account": "anne@example.org"}, google.oauth2.credentials.Credentials, "anne@example.org"),
        (EXTERNAL, google.auth.identity_pool.Credentials, None),
        (
            EXTERNAL | {"service_account_impersonation_url": IMPERSONATION},
            google.auth.identity_pool.Credentials,
            "robot@eig.example",
        ),
        (
            EXTERNAL | {"credential_source": {"executable": {"command": "/bin/jeton"}}},
            google.auth.pluggable.Credentials,
            None,
        ),
        (
            EXTERNAL | {"subject_token_type": "urn:ietf:params:aws:token-type:aws4_request", "credential_source": AWS},
            google.auth.aws.Credentials,
            None,
        ),
        (
            {
                "type": "impersonated_service_account",
                "service_account_impersonation_url": IMPERSONATION,
                "source_credentials": USER,
            },
            google.auth.impersonated_credentials.Credentials,
            "robot@eig.example",
        ),
    ],
)
def test_the_other_files_that_google_makes(file, content, kind, account):
    credentials = credentials_of(file(content))
    assert type(credentials) is kind
    assert account_of(credentials) == account
    asked = getattr(credentials, "_target_scopes", None) or credentials.scopes
    assert [*asked] == [SCOPE]


def test_a_workload_identity_file_holds_no_secret(file):
    assert credentials_of(file(EXTERNAL, mode=0o644)).scopes == (SCOPE,)


def test_a_missing_file(tmp_path):
    path = tmp_path / "absente.json"
    assert refusal_of(path) == typographic(
        f"Il n’y a pas de fichier de clé {path} : corrigez la variable GOOGLE_APPLICATION_CREDENTIALS. "
        "Voir docs/google.md."
    )


def test_a_folder(tmp_path):
    assert refusal_of(tmp_path) == typographic(
        f"Le fichier de clé {tmp_path} ne peut pas être lu (c’est un dossier) : corrigez la variable "
        "GOOGLE_APPLICATION_CREDENTIALS. Voir docs/google.md."
    )


@pytest.mark.parametrize("content", ["", "-----BEGIN PRIVATE KEY-----", '{"type": "service_account"', "[]", "null"])
def test_what_is_no_json(file, content):
    path = file(content)
    assert refusal_of(path) == typographic(
        f"{path} n’est pas un fichier de clé Google au format JSON : téléchargez-en un autre. Voir docs/google.md."
    )


def test_bytes_that_are_no_text(tmp_path):
    path = tmp_path / "clé.p12"
    path.write_bytes(b"0\x82\x06\xa7\x02\x01\x03\xff")
    assert refusal_of(path).startswith(f"{path} n’est pas un fichier de clé Google au format JSON")


@pytest.mark.parametrize("kind", ["installed", "web"])
def test_the_secret_of_an_oauth_client(file, kind):
    path = file({kind: {"client_id": "c", "client_secret": "GOCSPX-secret"}})
    assert refusal_of(path) == typographic(
        f"{path} est le secret d’un client OAuth, pas une clé : créez la clé d’un compte de service et indiquez-la. "
        "Voir docs/google.md."
    )


@pytest.mark.parametrize("content", [{}, {"type": "gdch_service_account"}, {"type": ["service_account"]}, {"a": 1}])
def test_json_that_is_no_key(file, content):
    path = file(content)
    assert refusal_of(path) == typographic(
        f"{path} n’est pas une clé Google : indiquez la clé d’un compte de service. Voir docs/google.md."
    )


def damages(key):
    private = key["private_key"]
    yield key | {"private_key": private[:-200]}
    yield key | {"private_key": private.replace("\n", "\\n")}
    yield key | {"private_key": private[:400] + "AAAA" + private[404:]}
    yield key | {"private_key": ""}
    yield key | {"private_key": 12}
    yield {name: value for name, value in key.items() if name != "private_key"}
    yield {name: value for name, value in key.items() if name != "token_uri"}
    yield {name: value for name, value in key.items() if name != "client_email"}


@pytest.mark.parametrize("case", range(8))
def test_a_key_that_is_damaged(file, key, case):
    path = file([*damages(key)][case])
    assert refusal_of(path) == typographic(
        f"La clé {path} est abîmée ou incomplète : téléchargez-en une nouvelle, sans la modifier. Voir docs/google.md."
    )


@pytest.mark.parametrize(
    "content",
    [
        {name: value for name, value in USER.items() if name != "refresh_token"},
        EXTERNAL | {"credential_source": {}},
        {"type": "impersonated_service_account", "service_account_impersonation_url": IMPERSONATION},
    ],
)
def test_another_file_that_is_damaged(file, content):
    assert " est abîmée ou incomplète" in refusal_of(file(content))


@pytest.mark.skipif(os.name == "nt", reason="no such modes on Windows")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o602, 0o610, 0o777])
@pytest.mark.parametrize("whose", ["robot", "user"])
def test_a_secret_that_others_may_read_or_change(file, key, mode, whose):
    path = file(key if whose == "robot" else USER, mode=mode)
    assert refusal_of(path) == typographic(
        f"La clé {path} peut être lue par d’autres utilisateurs de cette machine : tapez "
        f"« chmod 600 {shlex.quote(str(path))} », et remplacez-la si quelqu’un a pu la copier. Voir docs/google.md."
    )
    assert os.system(f"chmod 600 {shlex.quote(str(path))}") == 0
    assert credentials_of(path)


@pytest.fixture
def bare_machine(monkeypatch, tmp_path):
    """A machine that is nobody for Google; its folder of gcloud's settings."""
    for name in [name for name in os.environ if name.startswith(("GOOGLE_", "GCLOUD_", "CLOUDSDK_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("NO_GCE_CHECK", "true")
    monkeypatch.setenv("CLOUDSDK_CONFIG", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("environment", [{}, {"GOOGLE_APPLICATION_CREDENTIALS": ""}])
def test_no_credentials_at_all(bare_machine, environment):
    with pytest.raises(WorkbookError) as refused:
        find(environment)
    assert str(refused.value) == typographic(
        "Aucun identifiant Google : indiquez le fichier de clé du robot dans la variable "
        "GOOGLE_APPLICATION_CREDENTIALS. Voir docs/google.md."
    )


def test_the_credentials_of_the_machine(bare_machine, file):
    file(USER, "application_default_credentials.json")
    credentials = find({})
    assert isinstance(credentials, google.oauth2.credentials.Credentials)
    assert credentials.refresh_token == "1//r"
