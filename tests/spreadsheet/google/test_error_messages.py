"""The French error message of each known error of Google: what happened, what to do."""

import pytest
from google.oauth2.credentials import Credentials

from eig_sheets.spreadsheet.backoff import MAX_ATTEMPTS
from eig_sheets.spreadsheet.google.client import Client, connect
from eig_sheets.spreadsheet.google.error_messages import ApiError
from eig_sheets.text.french import typographic
from tests.sheets_server.auth import EMAIL
from tests.spreadsheet.google.calls import error_text, read, write
from tests.spreadsheet.google.conftest import AT_ONCE, environment_of, share
from tests.spreadsheet.google.odd_google import error
from tests.test_sheets_server.clients import Api

ROBOT = f"le compte du robot ({EMAIL})"


# ---- What the Sheets API refuses


def test_a_sheet_that_is_not_shared(google, client):
    share(google, None)
    assert error_text(ApiError, read, client, google) == typographic(
        f"Le classeur n’est pas partagé avec {ROBOT}. Ouvrez-le, cliquez sur « Partager » et ajoutez ce compte comme "
        "« Éditeur », puis relancez la commande. Voir docs/google.md."
    )


def test_a_sheet_that_is_shared_for_reading(google, client):
    share(google, "reader")
    assert read(client, google)
    assert error_text(ApiError, write, client, google) == typographic(
        f"Le classeur est partagé en lecture seule avec {ROBOT} : rien n’a été écrit. Ouvrez-le, cliquez sur "
        "« Partager » et donnez-lui le rôle « Éditeur », puis relancez la commande."
    )


def test_a_sheet_that_was_deleted(google, client):
    del google.world.books[google.spreadsheet_id]
    for act in (read, write):
        assert error_text(ApiError, act, client, google) == typographic(
            "Google ne trouve pas ce classeur : il a été supprimé, ou son adresse est incomplète. Copiez de nouveau "
            "toute son adresse depuis votre navigateur, ou restaurez-le depuis la corbeille de Google Drive."
        )


def test_a_protection_in_the_way(google, client):
    protection = {"range": {"sheetId": 0}, "editors": {"users": ["anne@example.org"]}}
    owner = Api(google, google.spreadsheet_id, "anne@example.org")
    owner.batch({"addProtectedRange": {"protectedRange": protection}})
    cell = {"rows": [{"values": [{"userEnteredValue": {"numberValue": 1}}]}], "fields": "userEnteredValue"}
    body = {"requests": [{"updateCells": cell | {"start": {"sheetId": 0}}}]}
    assert error_text(ApiError, client.write, f"{google.spreadsheet_id}:batchUpdate", body) == typographic(
        "Une protection posée dans le classeur empêche le robot d’écrire : rien n’a été écrit. Dans Google Sheets, "
        f"ouvrez « Données > Protéger des feuilles et des plages » et ajoutez {ROBOT} aux personnes autorisées à "
        "modifier ce que le robot remplit, puis relancez la commande."
    )


def test_ten_million_cells(google, client):
    grid = {"gridProperties": {"rowCount": 1_000_000, "columnCount": 10}}
    body = {"requests": [{"addSheet": {"properties": grid}}]}
    assert error_text(ApiError, client.write, f"{google.spreadsheet_id}:batchUpdate", body) == typographic(
        "Le classeur atteindrait la limite de Google, 10 millions de cellules : rien n’a été écrit. Supprimez des "
        "onglets, des lignes ou des colonnes vides qui ne servent plus, puis relancez la commande."
    )


def test_a_request_that_makes_no_sense(google, client):
    body = {"requests": [{"deleteSheet": {"sheetId": 7}}]}
    with pytest.raises(ApiError) as refused:
        client.write(f"{google.spreadsheet_id}:batchUpdate", body)
    assert refused.value.status == 400
    assert refused.value.message == "Invalid requests[0].deleteSheet: No grid with id: 7"
    assert str(refused.value) == typographic(
        "Google a refusé la demande (erreur 400) : rien n’a été écrit. Transmettez ce message à la personne qui "
        "maintient l’outil : « Invalid requests[0].deleteSheet: No grid with id: 7 »"
    )


def test_a_quota_used_up(google, client):
    google.script.post([{"on_call": call, "fault": {"kind": "status", "status": 429}} for call in range(1, 50)])
    advice = (
        "Relancez la commande dans quelques minutes, et vérifiez que le même compte ne sert pas à d’autres programmes."
    )
    busy = "Google reçoit trop de demandes du robot ce moment-ci (60 par minute au plus)"
    assert error_text(ApiError, read, client, google) == typographic(
        f"{busy} : le classeur n’a pas pu être lu. {advice}"
    )
    assert error_text(ApiError, write, client, google) == typographic(f"{busy} : rien n’a été écrit. {advice}")


def test_a_quota_that_ends_by_itself(google, client):
    """Runs of other machines used it up: one alone never does."""
    others = [connect(environment_of(google), AT_ONCE) for _ in range(2)]
    google.world.quotas = True
    try:
        for other in others * 30:
            other.read("GET", google.spreadsheet_id, {"fields": "spreadsheetId"})
        with pytest.raises(ApiError) as refused:
            client.read("GET", google.spreadsheet_id, {"fields": "spreadsheetId"})
    finally:
        google.world.quotas = False
        google.world._uses.clear()
        for other in others:
            other.close()
    assert refused.value.status == 429
    assert len(google.script.calls) == 60 + MAX_ATTEMPTS


# ---- What the local server does not say, in Google's own words


LONG = "Invalid requests[3].updateCells: " + "x" * 400
ELSEWHERE = [
    (
        error(
            403,
            "Google Sheets API has not been used in project 123 before or it is disabled. Enable it by visiting …",
            "PERMISSION_DENIED",
            reason="SERVICE_DISABLED",
            metadata={"activationUrl": "https://console.developers.google.com/apis/api/sheets?project=123"},
        ),
        (
            "L’API Google Sheets n’est pas activée dans le projet Google du robot. Activez-la dans la console Google "
            "Cloud (https://console.developers.google.com/apis/api/sheets?project=123), attendez quelques minutes, "
            "puis relancez la commande. Voir docs/google.md."
        ),
    ),
    (
        (
            403,
            {},
            (
                b'{"error": {"code": 403, "message": "Access Not Configured.", "errors": '
                b'[{"domain": "usageLimits", "reason": "accessNotConfigured"}]}}'
            ),
        ),
        (
            "L’API Google Sheets n’est pas activée dans le projet Google du robot. Activez-la dans la console Google "
            "Cloud, attendez quelques minutes, puis relancez la commande. Voir docs/google.md."
        ),
    ),
    (
        error(
            400,
            "Invalid requests[0].createDeveloperMetadata: Adding the requested developer metadata would exceed the "
            "allowed storage limit.",
        ),
        (
            "Les repères invisibles du classeur (« métadonnées de développeur ») atteignent la limite de Google, "
            "30 000 caractères : rien n’a été écrit. Le robot en laisse peu : un module complémentaire en laisse sans "
            "doute d’autres. Transmettez ce message à la personne qui maintient l’outil."
        ),
    ),
    (
        error(403, "Request had insufficient authentication scopes.", reason="ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
        (
            "Les identifiants du robot ne donnent pas accès à Google Sheets. Si ce sont les vôtres, reconnectez-vous "
            "avec « gcloud auth application-default login », comme l’explique docs/google.md ; sinon, utilisez la clé "
            "d’un compte de service."
        ),
    ),
    (
        error(403, "The caller does not have permission", "PERMISSION_DENIED"),
        (
            "Le classeur est partagé en lecture seule avec le compte du robot : rien n’a été écrit. Ouvrez-le, cliquez "
            "sur « Partager » et donnez-lui le rôle « Éditeur », puis relancez la commande."
        ),
    ),
    (
        error(403, "Caller may not use project 12.", "PERMISSION_DENIED", reason="USER_PROJECT_DENIED"),
        (
            "Google a refusé la demande (erreur 403) : rien n’a été écrit. Transmettez ce message à la personne qui "
            "maintient l’outil : « Caller may not use project 12. »"
        ),
    ),
    (
        error(400, "Your input contains more than the maximum of 50000 characters in a single cell."),
        (
            "Un texte dépasse la limite de Google, 50 000 caractères dans une cellule : rien n’a été écrit. "
            "Raccourcissez-le, puis relancez la commande."
        ),
    ),
    (
        error(400, "This operation is not supported for this document", "FAILED_PRECONDITION"),
        (
            "Ce document est un fichier Excel déposé sur Google Drive, pas une feuille Google. Ouvrez-le, choisissez "
            "« Fichier > Enregistrer au format Google Sheets », puis indiquez l’adresse de la feuille obtenue."
        ),
    ),
    (
        error(401, "Request had invalid authentication credentials.", "UNAUTHENTICATED"),
        "Google ne reconnaît pas les identifiants du robot. Créez une nouvelle clé : voir docs/google.md.",
    ),
    (
        error(400, f"{LONG}\nsecond line"),
        (
            "Google a refusé la demande (erreur 400) : rien n’a été écrit. Transmettez ce message à la personne qui "
            f"maintient l’outil : « {LONG[:300]}… »"
        ),
    ),
    (
        error(413, "Request Entity Too Large"),
        (
            "Google a refusé la demande (erreur 413) : rien n’a été écrit. Transmettez ce message à la personne qui "
            "maintient l’outil : « Request Entity Too Large »"
        ),
    ),
    (
        error(501, "tests.sheets_server does not implement addChart", "UNIMPLEMENTED"),
        (
            "Google a refusé la demande (erreur 501) : rien n’a été écrit. Transmettez ce message à la personne qui "
            "maintient l’outil : « tests.sheets_server does not implement addChart »"
        ),
    ),
]


class Unchanging(Credentials):
    """A user's token that another is not given for: the one that there is comes back."""

    def refresh(self, request):
        """Nothing new."""


@pytest.mark.parametrize(("answer", "text"), ELSEWHERE)
def test_what_google_says_of_a_write(odd, answer, text):
    odd.answers = [answer]
    client = Client(Unchanging(token="ya29.test"), odd.url, AT_ONCE)
    assert error_text(ApiError, client.write, "clé:batchUpdate", {}) == typographic(text)
    assert len(odd.asked) == (3 if answer[0] == 401 else 1)
    client.close()


@pytest.mark.parametrize("reason", ["RATE_LIMIT_EXCEEDED", "rateLimitExceeded", "userRateLimitExceeded"])
def test_a_quota_that_is_worded_as_a_403(odd, odd_client, reason):
    odd.answers = [error(403, "Rate Limit Exceeded", reason=reason), (200, {}, b"{}")]
    assert odd_client.write("clé:batchUpdate", {}) == {}
    assert len(odd.asked) == 2


@pytest.mark.parametrize(
    "message",
    [
        "Rate Limit Exceeded",
        "User Rate Limit Exceeded. Rate of requests for user exceed configured project quota.",
        "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user' of service",
    ],
)
def test_a_quota_without_a_reason_is_waited_for(odd, odd_client, message):
    odd.answers = [error(403, message, "PERMISSION_DENIED"), (200, {}, b"{}")]
    assert odd_client.write("clé:batchUpdate", {}) == {}
    assert len(odd.asked) == 2


def test_a_storage_that_is_full_is_no_quota_of_calls(odd, odd_client):
    odd.answers = [error(403, "The user's Drive storage quota has been exceeded.", "PERMISSION_DENIED")]
    error_text(ApiError, odd_client.write, "clé:batchUpdate", {})
    assert len(odd.asked) == 1
