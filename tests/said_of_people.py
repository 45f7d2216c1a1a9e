"""No address and no name of the sample's people in what is not data: what commands say on stderr, and so in logs.

`tests/program.py` holds every command that the suite runs against it (guarantee G11). The night's log is what `sync`
says, on both outputs: for that one there is no exception.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from eig_sheets import sample
from eig_sheets.sample.sources import settings
from tests.features.modules import modules_of_features

_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_FILE: Final = re.compile(r"\.(?:html|ics|xlsx|eml|docx)$")
_PUBLIC: Final = ("@data.gouv.fr", ".gserviceaccount.com", "@example.org")
"""Ends of addresses of no person: the programme's, the robot's own accounts, those of settings and of examples."""

EXCEPTIONS: Final[Mapping[tuple[str, ...], str]] = {
    ("emails", "show"): "what the team had corrected in the older draft, for who reads the new one",
    ("emails", "send"): "who is about to be written to, before the sender types how many",
    ("import",): "values of each column, by which a person tells whether it goes to its place",
    ("jury", "assign"): "which juror's maximum or recusal to relax: nothing else says what to do",
    ("jury", "ballots"): "whose page has the name of the file that is in the way",
    ("jury", "collect"): "whose page is late, of somebody else's dossier, or contradicts what was typed",
    ("report", "--for"): "the closest juror, when nobody has the address that was asked for",
    **{words: why for module in modules_of_features("said_of_people") for words, why in module.EXCEPTIONS.items()},
}
"""Commands that a person runs and that name people to that person, and why. The night runs none of them."""
_NIGHT: Final = "sync"


def leaks(arguments: Sequence[object], said: str) -> list[str]:
    """The addresses and the people's names in what a command said, but those that its own arguments gave it."""
    words = [str(one) for one in arguments]
    if any(_follow(words, command) for command in EXCEPTIONS):
        return []
    given = " ".join(words).casefold()
    addresses = {_FILE.sub("", one) for one in _ADDRESS.findall(said)}
    found = {one for one in addresses if not one.casefold().endswith(_PUBLIC)}
    found |= {*names_in(said)}
    return sorted(one for one in found if one.casefold() not in given)


def check(arguments: Sequence[object], out: str, err: str) -> None:
    """Raise AssertionError when a command said who somebody is where logs are."""
    words = [*map(str, arguments)]
    night = out if _NIGHT in words and "--dry-run" not in words else ""
    assert leaks(arguments, night + err) == [], f"said of people, outside of data, by {' '.join(words)}"


def names_in(text: str) -> list[str]:
    """The full names in a text of the sample's people: jurors, who carries a project, mentors, candidates."""
    return _names().findall(text)


@functools.cache
def _names() -> re.Pattern[str]:
    with (Path(sample.__file__).parent / "jurors.csv").open(encoding="utf-8") as file:
        names = [row["nom"] for row in csv.DictReader(file)]
    names += settings("story.toml")["words"]["people"]
    patterns = [any_of(names), r"(?:Personne fictive|Mentor fictif) \d+"]
    patterns += [one for module in modules_of_features("people_named") for one in module.patterns()]
    return re.compile(rf"(?:{'|'.join(patterns)})\b")


def any_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, words))})"


def _follow(words: Iterable[str], command: Sequence[str]) -> bool:
    """Whether the words of a command are there, in that order."""
    rest = iter(words)
    return all(word in rest for word in command)
