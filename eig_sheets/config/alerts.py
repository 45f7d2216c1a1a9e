"""Settings of the alerts to the person who operates the robot."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from eig_sheets.config.demarche import is_this_machine
from eig_sheets.config.outlets import address_errors
from eig_sheets.domain.rules import Rules


class AlertSettings(Rules):
    """`[alerts]`: the e-mail address of the person who operates the robot, and the URL that a monitoring service gave.

    The operator is told by `[smtp]` when nights fail; a daily trial calls `health_url`, followed by `/fail` after a
    failure. Both are optional.
    """

    operator: str = ""
    health_url: str = ""


def alert_errors(settings: AlertSettings) -> Iterator[str]:
    """A French sentence for each value that cannot be used; the URL, which is a secret, is not quoted."""
    yield from address_errors("alerts.operator", [settings.operator])
    if settings.health_url and not _is_health_url(settings.health_url):
        yield (
            "alerts.health_url n’est pas accepté : il faut l’adresse https:// entière que donne le service de "
            "surveillance, sans « /fail » ni espace"
        )


def _is_health_url(written: str) -> bool:
    """Whether a text is the https URL of a check; http for this machine alone."""
    try:
        url = urlsplit(written)
        host = url.hostname or ""
        _ = url.port
    except ValueError:
        return False
    is_safe = url.scheme == "https" or (url.scheme == "http" and is_this_machine(host))
    is_plain = written.isascii() and written.isprintable() and " " not in written and not url.fragment
    return bool(host) and is_safe and is_plain and not url.path.rstrip("/").endswith("/fail")
