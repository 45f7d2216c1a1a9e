"""The document on which all routes are tried: a campaign with words in it that must not come out, and its people."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

import requests

from tests.end_to_end.grist.routes.asking import Visitor
from tests.end_to_end.grist.routes.people import EVERYBODY, OFFICIAL, OTHERS, OWNER, TEAM, May, Person
from tests.end_to_end.grist.support import Team
from tests.grist_server import GristServer

SECRETS: Final = {
    "Candidatures": {
        "Nom du projet": "Zzprojet",
        "Porteur de projet": "Zzporteur",
        "E-mail du porteur": "zzcourriel@example.net",
        "Commentaire": "Zzinterne",
    },
    "Évaluations": {"Commentaire": "Zznote"},
    "Jury": {"Organisation": "Zzjury"},
    "E-mails à envoyer": {"Message": "Zzmessage"},
}
"""Words in cells of the first row of each table, by label. `Classement` and the rest repeat the name of the project."""
COLUMN, FORMULA, FILE, DISCUSSION, TALENT = "Zzcolonne", "Zzformule", "Zzpiece", "Zzdiscussion", "Zztalent"
FILTER: Final = "Zzfiltre"
"""A value by which people filter a view of the dossiers."""
DRAFT: Final = "Zzbrouillon"
"""What the team wrote in two tables of its own, in columns of one id: Grist compares these, whoever asks."""
WORDS: Final = (
    *(word for words in SECRETS.values() for word in words.values()),
    *(COLUMN, FORMULA, FILE, DISCUSSION, TALENT, FILTER, DRAFT),
)
OWN: Final = "Zzmien{}fin"
"""What each juror wrote in their own row."""
_JURORS: Final = tuple(person for person in OTHERS if person.cell is not None)


@dataclass(frozen=True)
class Ground:
    """A document whose people have signed in: the keys of their addresses.

    `attachment` is the row of its only file, `form` that of its only form, which is not published; `robots` the number
    of the last change that the robot's account made before anybody else's.
    """

    team: Team
    keys: Mapping[str, str]
    attachment: int = 0
    form: int = 0
    robots: int = 0
    _visitors: dict[str, Visitor] = field(default_factory=dict)
    _first_rows: dict[str, int] = field(default_factory=dict)

    @cached_property
    def tables(self) -> Mapping[str, Any]:
        """The tables as they were when they were first asked for, by title."""
        return {table.title: table for table in self.team.now.tables}

    def id(self, title: str) -> str:
        return str(self.tables[title].id)

    def column(self, title: str, label: str) -> str:
        return next(column.id for column in self.tables[title].columns if column.label == label)

    def ref(self, title: str, label: str) -> int:
        return next(column.ref for column in self.tables[title].columns if column.label == label)

    def cells(self, title: str, cells: Mapping[str, Any]) -> dict[str, Any]:
        """The cells by the ids of their columns."""
        return {self.column(title, label): value for label, value in cells.items()}

    def row(self, title: str, number: int = 0) -> int:
        return int(self.tables[title].row_ids[number])

    def value(self, title: str, label: str, number: int) -> Any:
        """What that cell of the n-th row held."""
        return self.tables[title].cells[self.column(title, label)][number]

    def update(self, title: str, number: int, cells: Mapping[str, Any]) -> list[Any]:
        """The action that types in the n-th row."""
        return ["UpdateRecord", self.id(title), self.row(title, number), self.cells(title, cells)]

    def add(self, title: str, cells: Mapping[str, Any]) -> list[Any]:
        return ["AddRecord", self.id(title), None, self.cells(title, cells)]

    def remove(self, title: str, number: int) -> list[Any]:
        return ["RemoveRecord", self.id(title), self.row(title, number)]

    def path(self, path: str) -> str:
        """A path with the numbers of what it names."""
        return path.format(file=self.attachment, form=self.form, workspace=self.team.server.workspace)

    def first_row(self, table: str) -> int:
        """The first row of a table by its id, of those that have no page too."""
        if table not in self._first_rows:
            self._first_rows[table] = self.owner.get(f"tables/{table}/records").json["records"][0]["id"]
        return self._first_rows[table]

    def row_of(self, person: Person) -> int:
        """The row of Évaluations that is theirs; another's if they have none."""
        table = self.tables["Évaluations"]
        written = table.cells[self.column("Évaluations", "Commentaire")]
        return next((row for row, said in zip(table.row_ids, written, strict=True) if said == own_word(person)), 1)

    def visitor(self, person: Person) -> Visitor:
        """That person at the server, with their page of the document."""
        if person.name not in self._visitors:
            key = self.keys.get(person.address, "")
            self._visitors[person.name] = Visitor(self.team.server.url, key, self.team.document)
        return self._visitors[person.name]

    @property
    def state(self) -> tuple[int, str]:
        """The number and the digest of the last change of the document."""
        last = self.owner.get("states").json["states"][0]
        return int(last["n"]), str(last["h"])

    def changed_since(self, state: tuple[int, str]) -> list[str]:
        """The tables of which something changed, Grist's own too: it counts changes of nothing as well."""
        if self.state == state:
            return []
        said = self.owner.get(f"compare?left={state[1]}&right=HEAD").json["details"]["rightChanges"]
        return sorted({*said["tableDeltas"], *(str(name) for names in said["tableRenames"] for name in names if name)})

    def take_back(self, state: tuple[int, str]) -> None:
        """The document as it was in that state."""
        after = [one for one in self.owner.get("states").json["states"] if one["n"] > state[0]]
        self.owner.call("applyUserActionsById", [one["n"] for one in after], [one["h"] for one in after], True)
        self.owner.close()

    @property
    def owner(self) -> Visitor:
        return self.visitor(OWNER)

    @contextmanager
    def shared_with(self, person: Person) -> Iterator[None]:
        """While it is shared with everybody as it takes for that person."""
        if person.public:
            share(self.team, {EVERYBODY: person.public})
        try:
            yield
        finally:
            if person.public:
                share(self.team, {EVERYBODY: None})


def own_word(person: Person) -> str:
    return OWN.format(_JURORS.index(person) if person in _JURORS else "")


def forbidden(person: Person) -> Sequence[str]:
    """The words that must not come to that person."""
    if person.may in {May.EVERYTHING, May.DECIDE, May.READ}:
        return ()
    notes = (own_word(juror) for juror in _JURORS if juror != person or person.may is May.NOTHING)
    return (*WORDS, *notes, *(juror.address for juror in _JURORS if juror != person))


def share(team: Team, roles: Mapping[str, str | None]) -> None:
    team.server.ask(f"docs/{team.document}/access", {"delta": {"users": dict(roles)}}, method="PATCH")


def prepared(team: Team) -> Ground:
    """That campaign with its words and its people, as the robot leaves it, and what happened since its last run."""
    keys = {**team.server.keys}
    for person in OTHERS:
        if person.signs_in and person.address not in keys:
            keys[person.address] = _signed_in(team.server, person.signs_in)
    invited = {person.address: person.role for person in OTHERS if person.role and person.signs_in}
    share(team, {address: role for address, role in invited.items() if address not in team.server.keys})
    _name_people(team)
    ground = Ground(team, keys)
    _plant(ground)
    _seat(ground)
    for command in ("init", "sync"):
        done = team.run(command)
        assert done.code in {0, 1}, done.err
    attachment, form = _attach(Ground(team, keys)), _form(Ground(team, keys))
    for table in ("Essais", "Essais_bis"):
        column = {"id": "Propos", "type": "Text", "isFormula": False}
        team.act(["AddTable", table, [column]], ["AddRecord", table, None, {"Propos": f"{DRAFT} {table}"}])
    _pass_time(Ground(team, keys))
    decided = Ground(team, keys).update("Candidatures", 3, {"Décision": "Désisté"})
    team.act(decided)
    return Ground(team, keys, attachment, form, team.now_version)


def _signed_in(server: GristServer, address: str) -> str:
    """The key of an account that Grist makes as somebody signs in, by the proxy that it trusts for that."""
    with requests.Session() as browser:
        browser.headers["X-Requested-With"] = "XMLHttpRequest"
        browser.get(
            f"{server.url}/auth/login?next=/", headers={"X-Forwarded-User": address}, allow_redirects=False, timeout=60
        )
        answer = browser.post(f"{server.url}/api/profile/apikey", json={"force": True}, timeout=60)
        answer.raise_for_status()
        return answer.text


def _name_people(team: Team) -> None:
    text = team.config.read_text(encoding="utf-8")
    assert "officers = []" in text
    named = f'officers = ["{OFFICIAL.address}"]\nteam = ["{TEAM.address}"]'
    team.config.write_text(text.replace("officers = []", named, 1), encoding="utf-8")


def _plant(ground: Ground) -> None:
    """The words, in cells, in a column of the team's own, in its formula and in its error."""
    dossiers, error = ground.id("Candidatures"), f'raise ValueError("{FORMULA}")'
    essay = {"label": COLUMN, "type": "Any", "isFormula": True, "formula": error}
    files = {"label": f"{COLUMN} de fichiers", "type": "Attachments", "isFormula": False}
    ground.team.act(
        *(ground.update(title, 0, words) for title, words in SECRETS.items()),
        ground.add("Talents", {"Nom": TALENT}),
        ["AddVisibleColumn", dossiers, "Essai", essay],
        ["AddVisibleColumn", dossiers, "Piece", files],
    )


def _seat(ground: Ground) -> None:
    """Jurors, and a row of each."""
    dossier = ground.tables["Candidatures"].cells[ground.column("Candidatures", "N° de dossier")][2]
    for person in _JURORS:
        seat = {"Nom": person.name, "E-mail": person.cell}
        row = {"N° de dossier": dossier, "E-mail du juré": person.address, "Commentaire": own_word(person)}
        ground.team.act(ground.add("Jury", seat), ground.add("Évaluations", row))


def _attach(ground: Ground) -> int:
    """A file in the first dossier, and what people say in the margin of it."""
    file = {"upload": ("piece.txt", FILE.encode(), "text/plain")}
    [attachment] = ground.owner.post("attachments", files=file).json
    table, row = ground.id("Candidatures"), ground.row("Candidatures")
    cell = {"tableRef": ground.tables["Candidatures"].ref, "colRef": ground.ref("Candidatures", "Commentaire")}
    said = {"root": True, "type": 1, "rowId": row, "content": json.dumps({"text": DISCUSSION})}
    ground.team.act(
        ["UpdateRecord", table, row, {"Piece": ["L", attachment]}],
        ["AddRecord", "_grist_Cells", None, {**cell, **said}],
    )
    return int(attachment)


def _form(ground: Ground) -> int:
    """A form of the dossiers that people began to make, and a filter of theirs."""
    made = ground.team.act(["CreateViewSection", ground.tables["Candidatures"].ref, 0, "form", None, None])
    section = int(made["retValues"][0]["sectionRef"])
    filtered = {
        "viewSectionRef": ground.tables["Candidatures"].raw_section,
        "colRef": ground.ref("Candidatures", "Commentaire"),
        "filter": json.dumps({"included": [FILTER]}),
    }
    ground.team.act(
        ["UpdateRecord", "_grist_Views_section", section, {"title": COLUMN}],
        [
            "AddRecord",
            "_grist_Filters",
            None,
            {"viewSectionRef": ground.tables["Candidatures"].raw_section, **filtered},
        ],
    )
    return section


def _pass_time(ground: Ground) -> None:
    """Who leaves, and whose cell changes, after the robot's last run."""
    jury = ground.tables["Jury"]
    column = ground.column("Jury", "E-mail")
    for person in _JURORS:
        if person.later is None:
            continue
        row = jury.row_ids[jury.cells[column].index(person.cell)]
        changed = ["UpdateRecord", jury.id, row, {column: person.later}]
        ground.team.act(changed if person.later else ["RemoveRecord", jury.id, row])
