"""The commands of a fleet on a damaged workbook."""

from typing import Final

COMMANDS: Final[tuple[tuple[str, ...], ...]] = ()
LEFT_OUT: Final = {("fleet", "sync"): "is `sync` of several calls"}
