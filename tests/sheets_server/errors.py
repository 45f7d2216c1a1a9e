"""What Google answers when it refuses: one exception, and the JSON of the Sheets and of the Drive API."""

from __future__ import annotations

from typing import Any

STATUS_NAMES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "INVALID_ARGUMENT",
    415: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    501: "UNIMPLEMENTED",
    503: "UNAVAILABLE",
}
SERVICE = "sheets.googleapis.com"
PROJECT = "000000000000"
PROTECTED = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove protection if "
    "you need to edit."
)


class ApiError(Exception):
    """A refusal of the Sheets API; `details` as google.rpc.Status has them."""

    def __init__(self, code: int, message: str, details: list[dict[str, Any]] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.details = details

    def body(self) -> dict[str, Any]:
        error: dict[str, Any] = {
            "code": self.code,
            "message": self.message,
            "status": STATUS_NAMES.get(self.code, "UNKNOWN"),
        }
        if self.details:
            error["details"] = self.details
        return {"error": error}

    def prefixed(self, prefix: str) -> ApiError:
        """Return the same refusal, its message saying which request of a batch it is about."""
        return ApiError(self.code, f"{prefix}: {self.message}", self.details)


class DriveError(ApiError):
    """A refusal of the Drive API, which words errors in its own way."""

    def __init__(
        self, code: int, reason: str, message: str, location: str | None = None, domain: str = "global"
    ) -> None:
        super().__init__(code, message)
        self.reason = reason
        self.location = location
        self.domain = domain

    def body(self) -> dict[str, Any]:
        item = {"message": self.message, "domain": self.domain, "reason": self.reason}
        if self.location:
            item |= {"location": self.location, "locationType": "parameter"}
        return {"error": {"code": self.code, "message": self.message, "errors": [item]}}


def invalid(message: str) -> ApiError:
    return ApiError(400, message)


def field_violation(field: str, description: str, message: str | None = None) -> ApiError:
    """Return a 400 that names the field at fault, as Google's front end words it."""
    violation = {"field": field, "description": description}
    details = [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [violation]}]
    return ApiError(400, message or description, details)


def missing_entity() -> ApiError:
    return ApiError(404, "Requested entity was not found.")


def forbidden() -> ApiError:
    return ApiError(403, "The caller does not have permission")


def unimplemented(what: str) -> ApiError:
    """Return the 501 of what this server does not do: it never answers with a silent OK."""
    return ApiError(501, f"tests.sheets_server does not implement {what}")


def no_storage() -> DriveError:
    """Return the 403 of a service account that would own a file: since 2025, it has no storage."""
    message = "The user's Drive storage quota has been exceeded."
    return DriveError(403, "storageQuotaExceeded", message, domain="usageLimits")


def unauthenticated() -> ApiError:
    return ApiError(
        401,
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
        "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
        [_error_info("ACCESS_TOKEN_EXPIRED", {"service": SERVICE})],
    )


def insufficient_scopes() -> ApiError:
    return ApiError(
        403,
        "Request had insufficient authentication scopes.",
        [_error_info("ACCESS_TOKEN_SCOPE_INSUFFICIENT", {"service": SERVICE})],
    )


def quota_exceeded(kind: str) -> ApiError:
    """Return the 429 of a minute's quota used up; `kind` is `Read` or `Write`."""
    metric = f"sheets.googleapis.com/{kind.lower()}_requests"
    limit = f"{kind}RequestsPerMinutePerUser"
    info = {"service": SERVICE, "quota_metric": metric, "quota_limit": limit, "quota_limit_value": "60"}
    return ApiError(
        429,
        f"Quota exceeded for quota metric '{kind} requests' and limit '{kind} requests per minute per user' of service "
        f"'{SERVICE}' for consumer 'project_number:{PROJECT}'.",
        [_error_info("RATE_LIMIT_EXCEEDED", info | {"consumer": f"projects/{PROJECT}"})],
    )


def _error_info(reason: str, metadata: dict[str, str]) -> dict[str, Any]:
    return {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        "reason": reason,
        "domain": "googleapis.com",
        "metadata": metadata,
    }
