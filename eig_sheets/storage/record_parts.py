"""The part by which a feature says which records it keeps in the state folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from eig_sheets.storage.records import Record


@dataclass(frozen=True, slots=True, eq=False)
class KeptRecord:
    """A kind of records of a feature, whose name is that of its entry in the register of personal data.

    `kind` imports it when it is asked for: every command asks for the parts of features, and few read records.
    """

    kind: Callable[[], type[Record[Any]]]
