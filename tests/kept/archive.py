"""An archive of campaigns as a version left them: the same files make the same bytes; times of files are kept.

Workbooks are in it part by part, which takes half the room: each part is as it was, and the .xlsx is zipped anew.
"""

from __future__ import annotations

import io
import lzma
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.spreadsheet.xlsx import opc

_WORKBOOKS: Final = ("campagne.xlsx", "talents.xlsx")
_PARTS: Final = ".parts"


def pack(folder: Path, archive: Path) -> None:
    """Write all the files under a folder, but locks, into an archive."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.endswith((".lock", ".eig-verrou")):
                for name, content in _contents(path, path.relative_to(folder).as_posix()):
                    entry = tarfile.TarInfo(name)
                    entry.size, entry.mtime, entry.mode = len(content), int(path.stat().st_mtime), path.stat().st_mode
                    tar.addfile(entry, io.BytesIO(content))
    archive.write_bytes(lzma.compress(packed.getvalue(), preset=9 | lzma.PRESET_EXTREME))


def _contents(path: Path, name: str) -> Iterator[tuple[str, bytes]]:
    """Names and contents of a file; of a workbook, those of its parts in their order."""
    if path.name not in _WORKBOOKS:
        yield name, path.read_bytes()
        return
    for place, (part, content) in enumerate(opc.load(path).items()):
        yield f"{name}{_PARTS}/{place:03}/{part}", content


def unpack(archive: Path, folder: Path) -> None:
    """Write the files of an archive into a folder, with their times and permissions."""
    workbooks: dict[tuple[Path, float], dict[str, bytes]] = {}
    with tarfile.open(archive) as tar:
        for entry in tar:
            name, _, part = entry.name.partition(f"{_PARTS}/")
            if not part:
                tar.extract(entry, folder, filter="data")
                continue
            file = tar.extractfile(entry)
            assert file is not None, entry
            workbooks.setdefault((folder / name, entry.mtime), {})[part.partition("/")[2]] = file.read()
    for (path, moment), parts in workbooks.items():
        path.write_bytes(opc.save(parts))
        path.chmod(0o640)
        os.utime(path, (moment, moment))
    for state in folder.glob("*/.eig-sheets"):
        for path in (state, *state.rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)
