"""The routes by which something of a document comes out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import permutations
from typing import Any, Final
from urllib.parse import quote

from tests.end_to_end.grist.routes.asking import Answer, Visitor
from tests.end_to_end.grist.routes.ground import DRAFT, FILTER, SECRETS, Ground
from tests.end_to_end.grist.routes.people import EXACT, OWNER

Asked = Callable[[Visitor, Ground], Iterator[Answer] | Sequence[Answer]]
_PROJECT: Final = SECRETS["Candidatures"]["Nom du projet"]


def never(_: str) -> bool:
    return False


def is_draft(word: str) -> bool:
    return word == DRAFT


def is_filter(word: str) -> bool:
    return word == FILTER


def is_address(word: str) -> bool:
    return "@example.org" in word


@dataclass(frozen=True)
class Route:
    """A way in or out: the route of Grist that it is, what is particular about it, the asking.

    `gives`: its owner gets one of the words by it, which is what shows that it is asked rightly. `beyond`: the words
    that no rule of a document keeps from who may open it, and that come out today.
    """

    of: str
    ask: Asked
    how: str = ""
    gives: bool = True
    beyond: Callable[[str], bool] = never

    @property
    def name(self) -> str:
        return f"{self.of} ({self.how})" if self.how else self.of


def of_each_table(path: str) -> Asked:
    """The same path for each table, of the document and of Grist's own."""
    own = ("Tables", "Tables_column", "Attachments", "Cells", "ACLRules", "ACLResources", "Views_section", "Triggers")
    return lambda me, ground: (
        me.get(path.format(table))
        for table in (*(table.id for table in ground.tables.values()), *(f"_grist_{name}" for name in own))
    )


def of_secret_tables(path: str) -> Asked:
    return lambda me, ground: (me.get(path.format(ground.id(title))) for title in (*SECRETS, "Classement", "Envois"))


def get(path: str) -> Asked:
    return lambda me, ground: [me.get(ground.path(path))]


def call(method: str, *arguments: Any) -> Asked:
    return lambda me, _: [me.call(method, *arguments)]


def listed(me: Visitor, ground: Ground) -> Iterator[Answer]:
    for title in SECRETS:
        yield me.post(f"tables/{ground.id(title)}/records/list", {})
        yield me.post(f"tables/{ground.id(title)}/records/list", {"limit": 5, "hidden": True, "cellFormat": "typed"})


def filtered(me: Visitor, ground: Ground) -> Iterator[Answer]:
    """Whether a value is there is told by a filter too, or by a sort."""
    column = ground.column("Candidatures", "Nom du projet")
    table = ground.id("Candidatures")
    yield me.get(f"tables/{table}/records?filter={quote(json.dumps({column: [_PROJECT]}))}")
    yield me.get(f"tables/{table}/records?sort=-{column}&limit=50")
    yield me.get(f"tables/{table}/records?aclAsUser_={OWNER.address}")
    yield me.get(f"tables/{table}/data?immediate=1")


def sql(me: Visitor, ground: Ground) -> Iterator[Answer]:
    for table in (*(ground.id(title) for title in SECRETS), "_grist_Tables_column"):
        yield me.get(f"sql?q={quote(f'SELECT * FROM {table}')}")
        yield me.post("sql", {"sql": f"SELECT * FROM {table} WHERE 1 = ?", "args": [1]})


def exports(path: str) -> Asked:
    def ask(me: Visitor, ground: Ground) -> Iterator[Answer]:
        for table in (ground.tables[title] for title in (*SECRETS, "Classement")):
            yield me.get(f"{path}?tableId={table.id}")
            yield me.get(f"{path}?tableId={table.id}&viewSection={table.raw_section}&header=colId")

    return ask


@contextmanager
def other_document(me: Visitor) -> Iterator[str]:
    """A document of their own; '' for who may have none."""
    made = me.post("/api/docs", {})
    other = "" if made.is_refusal else str(made.json)
    yield other
    me.throw_away(other)


def contents(me: Visitor, ground: Ground, made: Answer) -> Iterator[Answer]:
    """What is in a document that they had made of it."""
    yield made
    if not made.is_refusal:
        copy = made.json if isinstance(made.json, str) else made.json.get("data", made.json)["docId"]
        for title in SECRETS:
            yield me.get(f"/api/docs/{copy}/tables/{ground.id(title)}/records")
        yield me.get(f"/api/docs/{copy}/tables/{ground.id('Candidatures')}/columns")
        me.throw_away(copy)


def copies(me: Visitor, ground: Ground) -> Iterator[Answer]:
    for template in (False, True):
        yield from contents(me, ground, me.post("copy", {"documentName": "Copie", "asTemplate": template}))


def made_from(me: Visitor, ground: Ground) -> Iterator[Answer]:
    source = {"sourceDocumentId": me.document, "workspaceId": ground.team.server.workspace, "documentName": "Copie"}
    for template in (False, True):
        yield from contents(me, ground, me.post("/api/docs", {**source, "asTemplate": template}))


def replaced(me: Visitor, ground: Ground) -> Iterator[Answer]:
    with other_document(me) as other:
        yield me.post(f"/api/docs/{other}/replace", {"sourceDocId": me.document})
        yield me.get(f"/api/docs/{other}/tables/{ground.id('Candidatures')}/records")


def opened(me: Visitor, _: Ground) -> Iterator[Answer]:
    """As the page is opened: for oneself, to make a fork, as somebody else."""
    for options in (
        {}, {"openMode": "view"}, {"openMode": "fork"}, {"linkParameters": {"aclAsUser": OWNER.address}},
        {"linkParameters": {"aclAsUserId": "1"}},
    ):  # fmt: skip
        yield me.open(**options)
        yield me.call("fetchTable", "Candidatures")


def with_a_token(me: Visitor, ground: Ground) -> Iterator[Answer]:
    given = me.call("getAccessToken", {"readOnly": True})
    if not given.is_refusal:
        token, nobody = given.json["data"]["token"], Visitor(me.url, "", me.document)
        for path in (
            f"tables/{ground.id('Candidatures')}/records",
            f"attachments/{ground.attachment}/download",
            "download",
        ):
            yield nobody.get(f"{path}?auth={token}")


def file_of_a_page(me: Visitor, ground: Ground) -> Iterator[Answer]:
    """The file, asked for as the page of a table does."""
    cell = f"tableId={ground.id('Candidatures')}&rowId={ground.row('Candidatures')}&colId=Piece"
    yield me.get(f"/attachment?doc={me.document}&attId={ground.attachment}&{cell}&maybeNew=1")
    opened = me.open()
    if not opened.is_refusal:
        client = opened.json["data"]["clientId"]
        yield me.get(f"/attachment?clientId={client}&docFD=0&attId={ground.attachment}&{cell}")
    yield me.get(f"attachments/{ground.attachment}/download?{cell}")
    yield me.get(f"attachments/{ground.attachment}?{cell}")


def listened(me: Visitor, ground: Ground) -> Iterator[Answer]:
    """What an open page is told as the robot empties cells, and types the words again."""
    if not me.open().is_refusal:
        yield Answer(200, me.told_during(lambda: type(ground)))


def type(ground: Ground) -> None:
    for title, words in SECRETS.items():
        cells, row, table = ground.cells(title, words), ground.row(title), ground.id(title)
        ground.team.act(["UpdateRecord", table, row, dict.fromkeys(cells, "")])
        ground.team.act(["UpdateRecord", table, row, cells])


def previewed(me: Visitor, ground: Ground) -> Iterator[Answer]:
    """What an import from a table into another would change, of the columns that both have."""
    for source, target in permutations(ground.tables.values(), 2):
        theirs = {column.id.upper() for column in target.columns}
        shared = [column.id for column in source.columns if column.id.upper() in theirs]
        if shared:
            columns = [{"colId": column, "formula": "non"} for column in shared]
            merge = {"mergeCols": shared[:1], "mergeStrategy": {"type": "replace-with-nonblank-source"}}
            yield me.call("generateImportDiff", source.id, {"destTableId": target.id, "destCols": columns}, merge)


def who_is_there(me: Visitor, ground: Ground) -> Iterator[Answer]:
    """Who has the document open, or comes: a juror."""
    juror = Visitor(me.url, ground.keys[EXACT.address], me.document)
    if not me.open().is_refusal:
        yield Answer(200, me.told_during(juror.open))
        yield me.call("listActiveUserProfiles")
    juror.close()


def errors(me: Visitor, ground: Ground) -> Iterator[Answer]:
    yield me.call("getFormulaError", ground.id("Candidatures"), "Essai", ground.row("Candidatures"))
    yield me.call("getFormulaError", ground.id("Candidatures"), ground.column("Candidatures", "Nom du projet"), 1)


def queries(me: Visitor, ground: Ground) -> Iterator[Answer]:
    for title in (*SECRETS, "Classement", "Envois"):
        where = {"clause": "1 = 1", "params": []}
        yield me.call("fetchTable", ground.id(title))
        yield me.call("useQuerySet", {"tableId": ground.id(title), "filters": {}, "where": where})


def found_columns(me: Visitor, ground: Ground) -> Iterator[Answer]:
    """Which column has a value: told to nobody who may not read all."""
    found = me.call("findColFromValues", [_PROJECT], 1, None)
    told = not found.is_refusal and found.json["data"]
    yield Answer(found.status, _PROJECT if told else "")


def compared(me: Visitor, _: Ground) -> Iterator[Answer]:
    yield me.get("compare?left=HEAD~25&right=HEAD")


def compared_with_theirs(me: Visitor, _: Ground) -> Iterator[Answer]:
    with other_document(me) as other:
        yield me.get(f"compare/{other}?detail=true")
        yield me.get(f"/api/docs/{other}/compare/{me.document}?detail=true")
