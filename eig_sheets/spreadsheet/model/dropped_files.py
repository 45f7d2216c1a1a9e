"""A file that people dropped online beside a workbook: in a folder of Drive, or attached to a Grist document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DroppedFile:
    """`moment`: when it was last changed, in ISO 8601 and UTC. `read` gives its bytes; it raises WorkbookError."""

    name: str
    moment: str
    read: Callable[[], bytes]
