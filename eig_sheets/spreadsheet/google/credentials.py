"""Google credentials of the robot: from a key file, or from the machine's own account (ADC)."""

from __future__ import annotations

import json
import shlex
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import google.auth
from google.auth import aws, identity_pool, impersonated_credentials, pluggable
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError
from google.oauth2 import credentials as user
from google.oauth2 import service_account

from eig_sheets.spreadsheet.google.error_messages import GUIDE
from eig_sheets.spreadsheet.model.base import WorkbookError
from eig_sheets.storage import regular_files
from eig_sheets.storage.permissions import is_readable_by_others
from eig_sheets.text.french import typographic, why

SCOPES = ("https://www.googleapis.com/auth/spreadsheets",)
# To make files and share them: of Drive, it shows nothing but what this program made.
OWN_FILES = ("https://www.googleapis.com/auth/drive.file",)
# To make files in a folder that a person made, which `OWN_FILES` does not see.
ALL_FILES = ("https://www.googleapis.com/auth/drive",)
# To read exports in a folder that people fill.
READ_FILES = ("https://www.googleapis.com/auth/drive.readonly",)
VARIABLE = "GOOGLE_APPLICATION_CREDENTIALS"
Load = Callable[..., Credentials]

_SECRETS = ("private_key", "refresh_token", "source_credentials")


def find(environment: Mapping[str, str], scopes: Sequence[str] = SCOPES) -> Credentials:
    """The credentials of the file that GOOGLE_APPLICATION_CREDENTIALS names, or else of this machine (ADC).

    Their scope is to read and write spreadsheets only, unless others are asked for. Raises WorkbookError, which never
    quotes the file.
    """
    name = environment.get(VARIABLE, "")
    return _of_file(Path(name).expanduser(), scopes) if name else _of_machine(scopes)


def is_person(credentials: Credentials) -> bool:
    """Whether they are a person's own: only then does Drive have room for files of theirs."""
    return isinstance(credentials, user.Credentials)


def account_of(credentials: Credentials) -> str | None:
    """The address that a spreadsheet is shared with; None when the credentials do not know it."""
    for name in ("service_account_email", "account"):
        address = getattr(credentials, name, None)
        if isinstance(address, str) and "@" in address:
            return address
    return None


def _of_file(path: Path, scopes: Sequence[str]) -> Credentials:
    content = _content(path)
    info = _parsed(content)
    if not isinstance(info, dict):
        raise _refused(f"{path} n’est pas un fichier de clé Google au format JSON : téléchargez-en un autre.")
    if "installed" in info or "web" in info:
        raise _refused(
            f"{path} est le secret d’un client OAuth, pas une clé : créez la clé d’un compte de service et indiquez-la."
        )
    load = _LOADERS.get(str(info.get("type")))
    if load is None:
        raise _refused(f"{path} n’est pas une clé Google : indiquez la clé d’un compte de service.")
    _refuse_if_shown(path, info)
    credentials = _loaded(load, info, scopes)
    if credentials is None:
        raise _refused(f"La clé {path} est abîmée ou incomplète : téléchargez-en une nouvelle, sans la modifier.")
    return credentials


def _content(path: Path) -> bytes:
    try:
        return regular_files.read_bytes(path, regular_files.TEXT_BYTES)
    except FileNotFoundError:
        reason = f"Il n’y a pas de fichier de clé {path} : corrigez la variable {VARIABLE}."
    except OSError as error:
        reason = f"Le fichier de clé {path} ne peut pas être lu ({why(error)}) : corrigez la variable {VARIABLE}."
    raise _refused(reason)


def _parsed(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:  # not raised further: a JSONDecodeError carries the whole file
        return None


def _refuse_if_shown(path: Path, info: Mapping[str, Any]) -> None:
    """Raise if a file with a secret is readable by others than its owner; a workload identity file holds none."""
    if not any(secret in info for secret in _SECRETS) or not is_readable_by_others(path):
        return
    raise _refused(
        f"La clé {path} peut être lue par d’autres utilisateurs de cette machine : tapez "
        f"« chmod 600 {shlex.quote(str(path))} », et remplacez-la si quelqu’un a pu la copier."
    )


def _loaded(load: Load, info: dict[str, Any], scopes: Sequence[str]) -> Credentials | None:
    try:
        return load(info, scopes=scopes)
    except Exception:  # of cryptography too, and any may quote the key
        return None


def _of_machine(scopes: Sequence[str]) -> Credentials:
    try:
        with warnings.catch_warnings(action="ignore"):  # English advice about a quota project
            credentials, _ = google.auth.default(scopes=scopes)
    except GoogleAuthError:
        credentials = None
    if credentials is None:
        raise _refused(f"Aucun identifiant Google : indiquez le fichier de clé du robot dans la variable {VARIABLE}.")
    return credentials


def _external(info: dict[str, Any], scopes: Sequence[str]) -> Credentials:
    """Workload identity: the identity in another cloud or a CI, exchanged for a Google token."""
    if str(info.get("subject_token_type")).startswith("urn:ietf:params:aws:"):
        load: Load = aws.Credentials.from_info
    else:
        executable = "executable" in (info.get("credential_source") or {})
        load = (pluggable if executable else identity_pool).Credentials.from_info
    return load(info, scopes=scopes)


_LOADERS: Mapping[str, Load] = {
    "service_account": service_account.Credentials.from_service_account_info,
    "authorized_user": user.Credentials.from_authorized_user_info,
    "external_account": _external,
    "impersonated_service_account": impersonated_credentials.Credentials.from_impersonated_service_account_info,
}


def _refused(text: str) -> WorkbookError:
    return WorkbookError(typographic(f"{text} Voir {GUIDE}."))
