"""Errors of the robot's key or account, each with its French message."""

import json

import pytest
from google.auth.exceptions import RefreshError, TransportError
from google.oauth2.credentials import Credentials

from eig_sheets.spreadsheet.google import error_messages
from eig_sheets.spreadsheet.google.client import Client
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.text.french import typographic
from tests.sheets_server.auth import EMAIL, Accounts
from tests.spreadsheet.google.calls import NOT_WRITTEN, changed_key, error_text, read, write
from tests.spreadsheet.google.conftest import AT_ONCE


def test_a_clock_that_is_wrong(google, client):
    google.accounts.clock_offset = 4000
    assert error_text(WorkbookError, read, client, google) == typographic(
        "L’horloge de cette machine n’est pas à l’heure, et Google refuse pour cela la clé du robot. Réglez-la (sous "
        "Linux : « sudo timedatectl set-ntp true »), puis relancez la commande."
    )
    assert google.script.calls == []


def test_an_account_that_was_deleted(google, tmp_path):
    client = changed_key(google, tmp_path, client_email="ancien@eig-test.iam.gserviceaccount.com")
    assert error_text(WorkbookError, write, client, google) == typographic(
        "Le compte du robot (ancien@eig-test.iam.gserviceaccount.com) n’existe plus chez Google. Créez-en un autre et "
        "partagez le classeur avec lui : voir docs/google.md."
    )


def test_a_key_that_was_revoked(google, tmp_path):
    Accounts().write_key_file(tmp_path / "autre.json", google.url)
    other = json.loads((tmp_path / "autre.json").read_text(encoding="utf-8"))["private_key"]
    client = changed_key(google, tmp_path, private_key=other)
    assert error_text(WorkbookError, write, client, google) == typographic(
        "La clé du robot n’est plus valable : elle a été supprimée ou remplacée. Créez-en une : voir docs/google.md."
    )


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (
            "disabled_client: The OAuth client was disabled.",
            (
                f"Le compte du robot ({EMAIL}) est désactivé chez Google. Réactivez-le dans la console Google Cloud : "
                "voir docs/google.md."
            ),
        ),
        (
            "invalid_grant: Token has been expired or revoked.",
            (
                "Votre connexion à Google a expiré ou a été révoquée : reconnectez-vous avec « gcloud auth "
                "application-default login », comme l’explique docs/google.md."
            ),
        ),
        (
            "invalid_scope: Invalid OAuth scope\nor ID token audience provided.",
            (
                "Google refuse les identifiants du robot : voir docs/google.md. Google en dit : « invalid_scope: "
                "Invalid OAuth scope or ID token audience provided. »"
            ),
        ),
    ],
)
def test_what_the_token_endpoint_says(words, text):
    assert str(error_messages.token_refused(words, EMAIL)) == typographic(text)


class Failing(Credentials):
    """Credentials that no token is given for, for a while."""

    def __init__(self, *failures):
        super().__init__(token=None)
        self.failures = [*failures]

    def refresh(self, request):
        if self.failures:
            raise self.failures.pop(0)
        self.token = "ya29.late"


def test_a_token_endpoint_that_fails_is_asked_again_even_for_a_write(odd):
    failures = RefreshError("internal_failure", retryable=True), RefreshError("internal_failure", retryable=True)
    client = Client(Failing(*failures), odd.url, AT_ONCE)
    assert client.write("clé:batchUpdate", {}) == {}
    assert len(odd.asked) == 1
    client.close()


def test_a_token_endpoint_that_fails_for_long(odd):
    client = Client(Failing(*[RefreshError("internal_failure", retryable=True)] * 30), odd.url, AT_ONCE)
    assert error_text(WorkbookError, client.write, "clé:batchUpdate", {}) == typographic(
        "Google ne répond pas à la demande d’accès du robot" + NOT_WRITTEN
    )
    client.close()


def test_no_account_of_the_machine_after_all(odd):
    client = Client(Failing(TransportError("Failed to retrieve http://metadata/…")), odd.url, AT_ONCE)
    assert error_text(WorkbookError, client.read, "GET", "clé") == typographic(
        "Google refuse les identifiants du robot : voir docs/google.md. Google en dit : « Failed to retrieve "
        "http://metadata/… »"
    )
    client.close()
