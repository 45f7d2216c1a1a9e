"""Bodies as they cross the wire: gzip, in both directions, as Google does it."""

from __future__ import annotations

import gzip
import zlib
from typing import Any

from tests.sheets_server.errors import ApiError, invalid

LEVEL = 3  # between zlib's fastest and its default, which takes five times as long on a whole campaign


def unpacked(headers: Any, raw: bytes) -> bytes:
    """Return the body of a request as its client wrote it; ApiError when it is not what its headers say."""
    coding = (headers.get("Content-Encoding") or "identity").strip().lower()
    if coding == "identity" or not raw:
        return raw
    if coding not in ("gzip", "x-gzip"):
        raise ApiError(415, f"Unsupported Content-Encoding: {coding}")
    try:
        return gzip.decompress(raw)
    except (OSError, EOFError, zlib.error):
        raise invalid("The request body is not valid gzip.") from None


def plain_size(headers: Any, raw: bytes) -> int:
    """Return the size of a request's body before it was compressed; as it came when it is not valid gzip."""
    try:
        return len(unpacked(headers, raw))
    except ApiError:
        return len(raw)


def packed(headers: Any, body: bytes, kind: str) -> bytes | None:
    """Return the body of an answer compressed; None when it goes as it is.

    In the recorded answers all JSON was compressed, refusals included, and files exported were not; the clients said
    `Accept-Encoding: gzip, deflate`, without the word in their user agent that documentation asks for. Google does so
    down to `{}`; here what would grow is left alone.
    """
    if not kind.startswith("application/json") or not accepts_gzip(headers.get("Accept-Encoding") or ""):
        return None
    made = gzip.compress(body, LEVEL, mtime=0)
    return made if len(made) < len(body) else None


def accepts_gzip(header: str) -> bool:
    """Whether an Accept-Encoding has gzip, or anything, with a weight that is not zero."""
    for item in header.lower().split(","):
        coding, _, weight = item.partition(";")
        if coding.strip() in ("gzip", "x-gzip", "*"):
            return weight.replace(" ", "").rstrip("0") not in ("q=", "q=0.", "q=0")
    return False
