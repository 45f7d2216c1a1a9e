"""The accounts that a document is shared with, from Grist's answer. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from eig_sheets.workbook.model.access import Account

OWNERS: Final = "owners"
EDITORS: Final = "editors"
VIEWERS: Final = "viewers"
_STRENGTH: Final = ("", VIEWERS, EDITORS, OWNERS)
_EVERYBODY: Final = ("anon@getgrist.com", "everyone@getgrist.com")


def roles_of(shared: Mapping[str, Any]) -> dict[str, str]:
    """The role of each person by their address: their own, or that of the team as far as the document inherits it."""
    most = _strength(shared.get("maxInheritedRole"))
    roles = {}
    for person in shared.get("users", ()):
        inherited = min(most, _strength(person.get("parentAccess")))
        roles[str(person.get("email")).lower()] = _STRENGTH[max(inherited, _strength(person.get("access")))]
    return roles


def _strength(role: object) -> int:
    return _STRENGTH.index(role) if role in _STRENGTH else 0


def accounts_of(shared: Mapping[str, Any]) -> tuple[tuple[Account, ...], bool]:
    """The accounts that may open it, and whether whoever has its link may too."""
    roles = {address: role for address, role in roles_of(shared).items() if role}
    public = any(address in roles for address in _EVERYBODY)
    people = sorted((address, role) for address, role in roles.items() if address not in _EVERYBODY)
    return tuple(Account(address, role == OWNERS) for address, role in people), public
