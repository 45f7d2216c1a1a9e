"""The content of an answer, within bounds of size and time, whatever its headers say."""

from __future__ import annotations

from time import monotonic
from typing import Final

import requests

LONGEST: Final = 300.0
"""Seconds after which an answer that still comes is given up."""
_PIECE: Final = 1 << 16


class TooLongError(requests.RequestException):
    """More bytes than there should be."""


def body_of(response: requests.Response, most: int) -> bytes:
    """The whole content. Raises RequestException: TooLongError beyond `most` bytes, Timeout beyond LONGEST."""
    pieces, size, start = [], 0, monotonic()
    for piece in response.iter_content(_PIECE):
        size += len(piece)
        if size > most:
            raise TooLongError
        if monotonic() - start > LONGEST:
            raise requests.ReadTimeout
        pieces.append(piece)
    return b"".join(pieces)
