"""Small PNG files: a picture of a table in the 256 colours that it uses most."""

from __future__ import annotations

import struct
import zlib

import numpy as np

COLOURS = 256
STEP = 4
"""Colours closer than this, on each channel, are one: the edges of letters have hundreds of them."""


def palette_png(ppm: bytes) -> bytes:
    """The PNG of a binary PPM picture, of 8 bits a channel."""
    kind, width, height, largest = ppm.split(maxsplit=4)[:4]
    if (kind, largest) != (b"P6", b"255"):
        raise ValueError("not a binary PPM picture of 8 bits a channel")
    columns, rows = int(width), int(height)
    pixels = np.frombuffer(ppm[-3 * columns * rows :], np.uint8).reshape(-1, 3)
    palette, places = _palette(np.minimum((pixels.astype(np.uint16) + STEP // 2) // STEP * STEP, 255).astype(np.uint8))
    lines = np.zeros((rows, columns + 1), np.uint8)  # the first byte of a line says that it has no filter
    lines[:, 1:] = places.reshape(rows, columns)
    header = struct.pack(">2I5B", columns, rows, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", header),
        (b"PLTE", palette.tobytes()),
        (b"IDAT", zlib.compress(lines.tobytes(), 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _palette(pixels: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The colours that are used most, and the place of each pixel's nearest among them."""
    colours, which, counts = np.unique(pixels, axis=0, return_inverse=True, return_counts=True)
    kept = colours[np.argsort(-counts, kind="stable")[:COLOURS]]
    distances = ((colours[:, None].astype(int) - kept[None].astype(int)) ** 2).sum(axis=2)
    return kept, distances.argmin(axis=1).astype(np.uint8)[which.ravel()]


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
