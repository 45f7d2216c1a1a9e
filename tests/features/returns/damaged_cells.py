"""The command on a damaged workbook: it reads a folder, which no demonstration has."""

from typing import Final

COMMANDS: Final[tuple[tuple[str, ...], ...]] = ()
LEFT_OUT: Final = {("returns",): "it reads mail, and rests on no cell of people's"}
