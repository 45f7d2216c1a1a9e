"""The accounts that try the routes: who they are for the campaign, and what each may come by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from tests.grist_server import COLLEAGUE, JUROR, OFFICER, ROBOT, STRANGER

EVERYBODY: Final = "everyone@getgrist.com"
"""Whom Grist means by a public document."""


class May(Enum):
    """What somebody may come by, at most."""

    EVERYTHING = "everything"
    DECIDE = "read all, decide and approve"
    READ = "read all"
    OWN = "their own rows"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Person:
    """Somebody at Grist: `signs_in` is '' for who has no account.

    `cell` is what `Jury` has in their E-mail cell, None for who is not in it, and `later` what it becomes after the
    last synchronisation ('' once the row is gone); `role` is that of the document for them, `public` for everybody.
    """

    name: str
    signs_in: str
    may: May
    cell: str | None = None
    later: str | None = None
    role: str | None = "editors"
    public: str | None = None

    @property
    def address(self) -> str:
        """As Grist knows them."""
        return self.signs_in.lower()


def _damaged() -> Iterator[Person]:
    """Jurors whose cell does not hold their address and nothing else: theirs alone is what they may see, or nothing."""
    cells = {
        "a space": "{} ",
        "a space before": " {}",
        "a no-break space": "{}\u00a0",
        "a narrow no-break space": "\u202f{}",
        "a newline": "{}\n",
        "a tab": "{}\t",
        "mailto": "mailto:{}",
        "a name around": "Nom <{}>",
        "brackets": "<{}>",
        "two addresses": "{}, quelqu.un@example.net",
        "two with a semicolon": "quelqu.un@example.net;{}",
        "a zero-width space": "\u200b{}",
        "a zero-width space within": "jure\u200b.{}",
        "a final dot": "{}.",
        "upper case": "{}",
    }
    for number, (damage, form) in enumerate(cells.items()):
        address = f"jure.abime{number}@example.org"
        cell = form.format(address.upper() if damage == "upper case" else address)
        yield Person(f"juror: {damage}", address, May.OWN, cell)


OWNER: Final = Person("the robot", ROBOT, May.EVERYTHING, role="owners")
OFFICIAL: Final = Person("an officer", OFFICER, May.DECIDE)
TEAM: Final = Person("the team", COLLEAGUE, May.READ)
EXACT: Final = Person("juror", JUROR, May.OWN, JUROR)
UNLISTED: Final = Person("a colleague in no list", STRANGER, May.NOTHING)
OTHERS: Final = (
    OFFICIAL,
    TEAM,
    UNLISTED,
    EXACT,
    *_damaged(),
    Person("juror who signs in with capitals", "Jure.Majuscule@Example.ORG", May.OWN, "jure.majuscule@example.org"),
    Person("juror by an alias", "jure.alias+perso@example.org", May.NOTHING, "jure.alias@example.org"),
    Person("juror who may only view", "jure.lecteur@example.org", May.OWN, "jure.lecteur@example.org", role="viewers"),
    Person("juror removed since", "jure.parti@example.org", May.NOTHING, "jure.parti@example.org", later=""),
    Person(
        "juror whose cell changed since", "jure.change@example.org", May.NOTHING, "jure.change@example.org",
        later="autre.personne@example.org",
    ),
    Person(
        "juror whose cell was damaged since", "jure.tard@example.org", May.NOTHING, "jure.tard@example.org",
        later="jure.tard@example.org\u00a0",
    ),
    Person("a viewer", "lectrice@example.org", May.NOTHING, role="viewers"),
    Person("somebody it is not shared with", "passante@example.net", May.NOTHING, role=None),
    Person("somebody, public for viewers", "passante@example.net", May.NOTHING, role=None, public="viewers"),
    Person("somebody, public for editors", "passante@example.net", May.NOTHING, role=None, public="editors"),
    Person("nobody", "", May.NOTHING, role=None),
    Person("nobody, public for viewers", "", May.NOTHING, role=None, public="viewers"),
    Person("nobody, public for editors", "", May.NOTHING, role=None, public="editors"),
)  # fmt: skip
