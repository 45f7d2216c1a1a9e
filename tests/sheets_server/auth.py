"""OAuth: the token endpoint that a service account's signed JWT is exchanged at, and the tokens it gave."""

from __future__ import annotations

import base64
import binascii
import json
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.sheets_server.errors import unauthenticated
from tests.sheets_server.model import Json

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
AUDIENCE = "https://oauth2.googleapis.com/token"  # what google-auth always signs for
FIXED_TOKEN = "emulator"
EMAIL = "eig-sheets@eig-test.iam.gserviceaccount.com"
SHEETS_SCOPES = ("spreadsheets", "drive", "drive.file")
SKEW = 300  # seconds that Google's clock and the caller's may differ
TIMEFRAME = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp "
    "values in the JWT claim."
)


class GrantError(Exception):
    """A refusal of the token endpoint, worded as OAuth does."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(description)
        self.body = {"error": error, "error_description": description}


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who a token stands for, until when, and for what; the fixed token stands for the accounts of old recordings."""

    email: str
    expires: float
    scopes: frozenset[str]
    owns_files: bool = True


class Accounts:
    """One service account with its key, the people who logged in, and the tokens that were given."""

    def __init__(self) -> None:
        # Half as long as those of Google: each run of the program reads it, which takes the square of its length.
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=1024)
        self.key_id = secrets.token_hex(20)
        self.tokens: dict[str, Bearer] = {}
        self.logins: dict[str, tuple[str, frozenset[str]]] = {}
        self.lifetime = 3600
        self.own_files = False  # as service accounts did until 2025
        self.clock_offset = 0.0  # seconds: what this server's clock is ahead of the caller's

    def write_key_file(self, path: Path, url: str) -> None:
        """Write the service account's key as Google's console downloads it, this server as its token_uri."""
        private = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        info = {
            "type": "service_account",
            "project_id": "eig-test",
            "private_key_id": self.key_id,
            "private_key": private.decode(),
            "client_email": EMAIL,
            "client_id": "100000000000000000000",
            "auth_uri": "https://accounts.google.com/o/oauth2/auth",
            "token_uri": f"{url}/token",
            "universe_domain": "googleapis.com",
        }
        path.touch(mode=0o600)
        path.write_text(json.dumps(info, indent=2), encoding="utf-8")

    def write_login_file(self, path: Path, email: str, scopes: str) -> None:
        """Write what `gcloud auth application-default login` leaves: a person's refresh token, for these scopes.

        google-auth asks for a token at Google's own address, whatever this file says.
        """
        refresh = secrets.token_urlsafe(40)
        self.logins[refresh] = (email, frozenset(scopes.split()))
        info = {
            "type": "authorized_user",
            "client_id": "1000.apps.googleusercontent.com",
            "client_secret": "secret",
            "refresh_token": refresh,
        }
        path.touch(mode=0o600)
        path.write_text(json.dumps(info), encoding="utf-8")

    def now(self) -> float:
        return time.time() + self.clock_offset

    def grant(self, form: dict[str, str], audience: str) -> Json:
        """Return an access token for a signed JWT, or refuse as Google does."""
        if form.get("grant_type") == "refresh_token":
            return self._refreshed(form)
        if form.get("grant_type") != GRANT:
            raise GrantError("unsupported_grant_type", f"Invalid grant_type: {form.get('grant_type', '')}")
        claims = self._claims(form.get("assertion", ""))
        if claims.get("iss") != EMAIL:
            raise GrantError("invalid_grant", "Invalid grant: account not found")
        if claims.get("aud") not in (AUDIENCE, audience):
            raise GrantError("invalid_grant", f"Invalid JWT: Failed audience check. The right audience is {AUDIENCE}")
        self._check_times(claims)
        scopes = frozenset(scope.rpartition("/")[2] for scope in str(claims.get("scope", "")).split())
        if not scopes:
            raise GrantError("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
        token = "ya29." + secrets.token_urlsafe(60)
        expires, own = time.time() + self.lifetime, "sub" not in claims
        self.tokens[token] = Bearer(str(claims.get("sub") or EMAIL), expires, scopes, not own or self.own_files)
        return {"access_token": token, "expires_in": self.lifetime - 1, "token_type": "Bearer"}

    def _refreshed(self, form: dict[str, str]) -> Json:
        """Return an access token of a person, for scopes that they gave."""
        if form.get("refresh_token", "") not in self.logins:
            raise GrantError("invalid_grant", "Token has been expired or revoked.")
        email, given = self.logins[form["refresh_token"]]
        asked = frozenset(scope.rpartition("/")[2] for scope in form.get("scope", "").split())
        if not asked <= given:
            raise GrantError("invalid_scope", "Bad Request")
        token = "ya29." + secrets.token_urlsafe(60)
        self.tokens[token] = Bearer(email, time.time() + self.lifetime, asked or given)
        return {"access_token": token, "expires_in": self.lifetime - 1, "token_type": "Bearer"}

    def _claims(self, assertion: str) -> dict[str, Any]:
        try:
            header, payload, signature = assertion.split(".")
            signed = f"{header}.{payload}".encode()
            self.key.public_key().verify(_decoded(signature), signed, padding.PKCS1v15(), hashes.SHA256())
            claims: dict[str, Any] = json.loads(_decoded(payload))
        except InvalidSignature:
            raise GrantError("invalid_grant", "Invalid JWT Signature.") from None
        except (ValueError, binascii.Error):
            raise GrantError("invalid_grant", "Invalid JWT: the assertion is malformed.") from None
        return claims

    def _check_times(self, claims: dict[str, Any]) -> None:
        issued, expires, now = claims.get("iat"), claims.get("exp"), self.now()
        if not isinstance(issued, (int, float)) or not isinstance(expires, (int, float)):
            raise GrantError("invalid_grant", TIMEFRAME)
        if not (issued - SKEW <= now <= expires + SKEW) or not 0 < expires - issued <= 3600 + SKEW:
            raise GrantError("invalid_grant", TIMEFRAME)

    def bearer(self, header: str) -> Bearer:
        """Return who an Authorization header stands for; `emulator:someone@example.org` is that person, in tests."""
        kind, _, token = header.partition(" ")
        if kind.lower() != "bearer":
            raise unauthenticated()
        if token == FIXED_TOKEN or token.startswith(FIXED_TOKEN + ":"):
            return Bearer(token.partition(":")[2] or EMAIL, float("inf"), frozenset(SHEETS_SCOPES))
        known = self.tokens.get(token)
        if known is None or known.expires < time.time():
            raise unauthenticated()
        return known


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
