"""Which routes there are in a Grist that was built, and which have no row of their own, with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

_ROUTE: Final = re.compile(r'this\._app\.(get|post|put|patch|delete)\(\s*"(/api/[^"]*)"')
_METHOD: Final = re.compile(r"^ +(\w+): (?:method\(|docManager\.)", re.MULTILINE)
_ACTION: Final = re.compile(r"@useraction\s+def (\w+)\(")
_SERVER: Final = Path("_build/app/server/lib")
_ROUTES: Final = (_SERVER / "DocApi.js", _SERVER / "DocApiTriggers.js", Path("_build/app/gen-server/ApiServer.js"))
_METHODS: Final = (_SERVER / "DocWorker.js", _SERVER / "FlexServer.js")
_ACTIONS: Final = Path("sandbox/grist/useractions.py")

_ACCOUNTS: Final = re.compile(
    r" /api/(orgs|profile|session|users|templates|widgets|domains|service-accounts)\b|:wid/(docs|import|unremove)"
)
"""Routes about accounts and sites, which no document is behind."""
_HOUSEKEEPING, _NOTHING, _OFF = "housekeeping that changes nothing", "says nothing of a document", "off on this server"
WITHOUT_A_ROW: Final[Mapping[str, str]] = {
    "POST /api/docs/:docId/attachments": "whoever edits may upload a file; no cell has it, and nobody else sees it",
    "POST /api/docs/:docId/uploads": "a file kept for an import, which is tried",
    "POST /api/docs/:docId/attachments/updateUsed": _HOUSEKEEPING,
    "GET /api/docs/:docId/attachments/transferStatus": _NOTHING,
    "GET /api/docs/:docId/attachments/store": _NOTHING,
    "GET /api/docs/:docId/attachments/stores": _NOTHING,
    "POST /api/docs/:docId/force-reload": _HOUSEKEEPING,
    "POST /api/docs/:docId/flush": _HOUSEKEEPING,
    "POST /api/docs/:docId/assign": _HOUSEKEEPING,
    "POST /api/docs/:docId/enable": "for administrators of the server",
    "GET /api/docs/:docId/send-to-drive": _OFF,
    "POST /api/docs/:docId/assistant": _OFF,
    "closeDoc": _NOTHING,
    "disposeQuerySet": _NOTHING,
    "addAttachments": "a file of a POST that is tried by no one, see attachments",
    "reloadDoc": _HOUSEKEEPING,
    "reloadPlugins": _HOUSEKEEPING,
    "waitForInitialization": _NOTHING,
    "getAssistance": _OFF,
    "POST /api/docs/:docId/apply": "what tries every action",
    "POST /api/docs/:docId/tables/:tableId/_subscribe": "with webhooks",
    "POST /api/docs/:docId/tables/:tableId/_unsubscribe": "with webhooks",
    "finishImportFiles": "with importFiles",
    "cancelImportFiles": "with importFiles",
    "startBundleUserActions": "with applyUserActions",
    "stopBundleUserActions": "with applyUserActions",
    "Calculate": _HOUSEKEEPING,
    "UpdateCurrentTime": _HOUSEKEEPING,
}


def routes(folder: Path) -> Iterator[str]:
    """The routes of documents that a Grist has, and the methods of its web client."""
    for file in _ROUTES:
        for method, path in _ROUTE.findall((folder / file).read_text("utf-8")):
            if not _ACCOUNTS.search(f" {path}"):
                yield f"{method.upper()} {path}"
    for file in _METHODS:
        yield from _METHOD.findall((folder / file).read_text("utf-8"))


def actions(folder: Path) -> Iterator[str]:
    """The user actions that its engine knows."""
    yield from _ACTION.findall((folder / _ACTIONS).read_text("utf-8"))
