"""Keyed digests that stand for people and for what they typed: nobody tells whose they are without the key."""

from __future__ import annotations

import hashlib

_BYTES = 8


def pseudonym(key: bytes, *parts: str) -> str:
    """The keyed digest of these texts, in hexadecimal."""
    return hashlib.blake2b("\0".join(parts).encode(errors="surrogatepass"), digest_size=_BYTES, key=key).hexdigest()


def of_juror(key: bytes, address: str) -> str:
    """The pseudonym of a juror, the same from one run to the next."""
    return pseudonym(key, "juror", address)


def key_id(key: bytes) -> str:
    """The id of a key: whether two runs have pseudonyms of the same key."""
    return pseudonym(key, "key")
