"""Runs commands of the program in this process, and keeps what they say, without what depends on the machine."""

from __future__ import annotations

import random
import re
import secrets
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from golden.files import write
from tests.program import ROOT, Outcome, run

_LONGEST_NAME = 90
PARIS = ZoneInfo("Europe/Paris")


@dataclass
class Recorder:
    """Commands of one kind of workbook at one date. `names`: what a text of this machine is called in the record."""

    folder: Path
    work: Path
    env: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    _done: Counter[str] = field(default_factory=Counter)

    def run(self, *arguments: str | Path, record: bool = True) -> Outcome:
        """One command; what it says is a file named after it."""
        words = self.anonymous(" ".join(map(str, arguments)))
        self._done[words] += 1
        count_tokens(f"{words} {self._done[words]}")
        done = run(*arguments, env=self.env)
        if record:
            name = re.sub(r"[^\w.-]+", " ", words).strip() or "nothing"
            if len(name) > _LONGEST_NAME:
                name = f"{name[:_LONGEST_NAME]} {sha256(words.encode()).hexdigest()[:6]}"
            again = f" ({self._done[words]})" if self._done[words] > 1 else ""
            text = f"$ eig-sheets {words}\nexit {done.code}\n--- stdout\n{done.out}--- stderr\n{done.err}"
            path = self.folder / "commands" / f"{name}{again}.txt"
            if path.exists():
                raise FileExistsError(f"{path}: two commands have this name")
            write(path, self.anonymous(text))
        return done

    def anonymous(self, text: str) -> str:
        """Text without what depends on this machine, its load or its hour."""
        today = datetime.fromtimestamp(self.work.stat().st_mtime, PARIS)  # files have the hour of the machine
        names = {**self.names, f"{today:%d/%m/%Y}": "JJ/MM/AAAA", f"{today:%Y-%m-%d}": "AAAA-MM-JJ"}
        for secret, name in {**names, str(self.work.parent): "PARENT", str(ROOT): "CHECKOUT"}.items():
            text = text.replace(secret, name)
        for pattern, name in _OF_THE_MACHINE:
            text = pattern.sub(name, text)
        return text


_OF_THE_MACHINE = (
    (re.compile(r"(127\.0\.0\.1|localhost):\d+"), r"\1:PORT"),
    (re.compile(r"Il reste [\d\s,]+ [MGT]o"), "Il reste N Go"),
    (re.compile(r"Python 3\.\d+\.\d+"), "Python 3.N"),
    (re.compile(r"(enregistré le) \w+ \w+ \w+ \d{4} à \d+\sh(\s\d+)?"), r"\1 JOUR à HEURE"),
    (re.compile(r"^(\w+ +(?:réussi|échec) +\d) +\d+,\d\d", re.MULTILINE), r"\1 N"),
    (re.compile(r"\ben \d+(,\d+)?\s(s|ms|min)\b"), "en N s"),
)


def count_tokens(seed: str) -> None:
    """Have tokens and random numbers be those of a seed, from here on: no command depends on those before it."""
    drawn = random.Random(seed)  # noqa: S311 -- a record has no secret
    random.seed(seed)
    secrets.token_bytes = lambda size=None: drawn.randbytes(size or 32)
    secrets.token_hex = lambda size=None: drawn.randbytes(size or 32).hex()
    secrets.token_urlsafe = lambda size=None: drawn.randbytes(size or 32).hex()
    secrets.choice = drawn.choice
