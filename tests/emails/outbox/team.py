"""A team at work on a small campaign, its workbook in memory: what people do in it, the nightly job, a send."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from eig_sheets import sample
from eig_sheets.campaign.reading_parts import PeopleTab
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.cli.emails.sender import BatchSender, planned
from eig_sheets.cli.session import Session
from eig_sheets.emails.outbox.status import OutboxStatus, ReadyEmail
from eig_sheets.emails.outlets.base import DeliveryOutcome, Receipt
from eig_sheets.run.known import Clock, Known
from eig_sheets.run.nightly import Run, plan_sync, reading_for
from eig_sheets.spreadsheet.model.snapshot import Snapshot
from tests import in_memory
from tests.emails.drafting.support import DOSSIER, EIG5, JUROR, NOTES
from tests.nightly import Robot, Table
from tests.people_cells import OPTIONAL_ROBOT_TABS, ROBOT_HEADERS, ROBOT_TABS
from tests.program import Campaign, copied_elsewhere
from tests.spreadsheet import memory_desk
from tests.spreadsheet.memory_desk import Page
from tests.spreadsheet.xlsx_desk import edit

OUTBOX, SENDINGS, DOSSIERS = "E-mails à envoyer", "Envois", "Candidatures"
WITH_A_PHASE = ("Suivi", *(tab.schema(EIG5).name for tab in EIG5.features.parts(PeopleTab) if tab.opens))
"""The tabs of people's that a run makes, with a banner and headers alone."""
HOUR = timedelta(hours=1)
TEXTS = ("Modèle", "N° de dossier", "Destinataires", "Copie", "Objet", "Message", "Pièces jointes")
FIELDS = {
    "candidatures": [
        "numero", "date_depot", "projet", "administration", "nombre_eig", "demande_cofinancement", "porteur_projet",
        "email_porteur", "email_porteur_2", "mentor", "email_mentor", "preselection", "questions", "audition",
        "decision", "retour",
    ],
    "jury": ["nom", "email", "groupe"],
    "evaluations": ["numero", "jure", *NOTES],
}  # fmt: skip
INVITED, REFUSED, OTHER, CHOSEN = (
    "convocation_jury-90001", "non_retenu-90002", "non_retenu-90003", "laureat-90004",
)  # fmt: skip


def dossier(numero: str, **fields: Any) -> dict[str, Any]:
    """A dossier with people of its own, about which nothing was decided."""
    left_out = ("preselection", "audition", "questions", "retour")
    usual = {field: value for field, value in DOSSIER.items() if field not in left_out}
    own = {
        "numero": numero, "projet": f"Projet {numero}", "email_porteur": f"porteur{numero}@exemple.invalid",
        "email_porteur_2": f"second{numero}@exemple.invalid", "email_mentor": f"mentor{numero}@exemple.invalid",
    }  # fmt: skip
    return usual | own | fields


def invited(numero: str, **fields: Any) -> dict[str, Any]:
    """A dossier that the jury will hear."""
    when = {"audition": datetime(2021, 5, 4, 9, 30), "questions": "Qui utilise ces données ?"}
    return dossier(numero, preselection="Présélectionné", **when, **fields)


def refused(numero: str, **fields: Any) -> dict[str, Any]:
    """A dossier that is not selected."""
    return dossier(numero, decision="Non retenu", **{"retour": f"Le retour {numero}.", **fields})


def four() -> list[dict[str, Any]]:
    """One dossier that is invited, two that are refused, one that is chosen."""
    return [invited("90001"), refused("90002"), refused("90003"), dossier("90004", decision="Lauréat")]


def made(folder: Path, *, texts: Mapping[str, str] | None = None, **tabs: list[dict[str, Any]]) -> Team:
    """A campaign of these rows, by tab and field, after its first night; `texts`: its own templates, by name."""
    campaign = Campaign(folder)
    sample.write_config(folder)
    for name, text in (texts or {}).items():
        (campaign.config.parent / "emails" / f"{name}.md").write_text(text, encoding="utf-8")
    rows = {"candidatures": four(), "jury": [JUROR], "evaluations": [], **tabs}
    tabs = dict(_tabs(rows))
    in_memory.keep(campaign.workbook, memory_desk.storage(tabs, {next(iter(tabs)): "candidatures"}))
    team = Team(Robot(campaign))
    team.night()
    return team


def typed(snapshot: Snapshot) -> dict[tuple[str, int, int], Any]:
    """What people's cells say, by place; what they look like has tests of its own."""
    by_field = {}
    for tab in snapshot.tabs:
        if tab.name not in (*ROBOT_TABS, *OPTIONAL_ROBOT_TABS):
            ours = {place for header, place in Table(tab).headers.items() if header in ROBOT_HEADERS.get(tab.name, ())}
            cells = ((row, place) for row, line in enumerate(tab.rows, 1) for place in range(len(line)))
            by_field |= {
                (tab.name, *at): tab.value(*at) for at in cells if at[1] not in ours and tab.value(*at) is not None
            }
    return by_field


def changed(snapshot: Snapshot, lines: Mapping[int, Sequence[Any]]) -> Snapshot:
    """The workbook with other lines in its outbox, by number of row; a line that is not there yet is added."""
    outbox = snapshot.tab(OUTBOX)
    rows = [list(row) for row in outbox.rows]
    for number, line in lines.items():
        rows[number - 1 : number] = [list(line)]
    return replace(snapshot, tabs=tuple(replace(tab, rows=rows) if tab is outbox else tab for tab in snapshot.tabs))


def _tabs(rows: Mapping[str, list[dict[str, Any]]]) -> Iterator[tuple[str, list[list[Any]]]]:
    schema = schema_of(EIG5)
    for tab_id, lines in rows.items():
        tab = schema.tab(tab_id)
        fields = [tab.field(field_id) for field_id in FIELDS.get(tab_id, [field.id for field in tab.fields])]
        yield (
            tab.name,
            [[field.header for field in fields], *([row.get(field.id, "") for field in fields] for row in lines)],
        )


def copied(team: Team, folder: Path) -> Team:
    """The same campaign elsewhere; its state and its ledger know what those of the original knew."""
    original, copy = team.robot.campaign, Campaign(folder)
    copied_elsewhere(original.folder, folder)
    in_memory.copy(original.workbook, copy.workbook)
    copy.state.save_last_run(original.state.load_last_run())
    elsewhere = Team(Robot(copy, team.robot.now, team.robot.today), team.emails)
    if known := team.robot.deliveries:
        elsewhere.robot.ledger.record_outcomes(*known.values())
    return elsewhere


def number(box: Letterbox) -> int:
    """The SEQUENCE of the only invitation that was handed over."""
    return int(invitation(box).partition(b"SEQUENCE:")[2].split()[0])


def invitation(box: Letterbox) -> bytes:
    """The only one that was handed over, its long lines put together."""
    [(message, _)] = box.received.values()
    [ics] = [part.get_content() for part in message.walk() if part.get_content_type() == "application/ics"]
    return ics.replace(b"\r\n ", b"")


class At(Session):
    """A session whose clock is the nightly job's."""

    robot: Robot

    @property
    def clock(self) -> Clock:
        """The moment and the day of the robot."""
        return Clock(self.robot.now, self.robot.today)


class Letterbox:
    """An outlet that answers as it is told, and keeps what it was handed."""

    name, sends, accents = "boîte", True, False

    def __init__(self, outcome: DeliveryOutcome | Mapping[str, DeliveryOutcome]) -> None:
        self.outcome, self.received = outcome, {}

    def __enter__(self) -> Letterbox:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def deliver(self, sending_id: str, message: Any, recipients: Sequence[str]) -> Receipt:
        assert sending_id not in self.received
        self.received[sending_id] = message, tuple(recipients)
        outcome = self.outcome if isinstance(self.outcome, DeliveryOutcome) else self.outcome[sending_id]
        return Receipt(outcome, "Dit par la boîte.")


@dataclass(repr=False)
class Team:
    """The team of one campaign, and its robot."""

    robot: Robot
    emails: OutboxStatus | None = None

    @property
    def path(self) -> Path:
        """The workbook."""
        return self.robot.campaign.workbook

    def night(self, later: timedelta = HOUR) -> Run:
        """One run and one more: people's cells stay (G1), the second writes nothing (G3). What the second found."""
        before = typed(self.robot.read())
        self.robot.sync(later=later, force=True)
        after = typed(self.robot.read())
        assert before.items() <= after.items()
        added = {tab for tab, row, _ in after.keys() - before.keys() if row > 2 or tab not in WITH_A_PHASE}
        assert added <= {OUTBOX}
        again = self.robot.sync(later=HOUR, force=True)
        assert not again.plan
        assert again.emails is not None
        self.emails = again.emails
        return again

    def look(self, snapshot: Snapshot | None = None, allow: Sequence[str] = (), **rules: Any) -> OutboxStatus:
        """What a run would say of the workbook, or of a snapshot; nothing is written. `rules`: other `[emails]`."""
        robot = self.robot
        clock, last_run, emails = Clock(robot.now, robot.today), robot.state.load_last_run(), robot.settings.emails
        settings = robot.settings.model_copy(update={"emails": emails.model_copy(update=rules)})
        seen = snapshot or robot.read()
        known = Known(last_run=last_run, texts=robot.texts, deliveries=robot.deliveries, allowed=allow)
        run = plan_sync(reading_for(seen, settings, last_run), known, clock)
        assert run.emails is not None
        self.emails = run.emails
        return run.emails

    def where(self, sending_id: str, cells: Mapping[str, Any]) -> Snapshot:
        """The workbook as it would be if people typed that in the row of an e-mail, by header."""
        snapshot, table = self.robot.read(), self.robot.tab(OUTBOX)
        number = self.row(sending_id)["row"]
        line = [table.snapshot.value(number, place) for place in range(max(table.headers.values()) + 1)]
        for header, value in cells.items():
            line[table.headers[header]] = value
        return changed(snapshot, {number: line})

    def why(self, sending_id: str) -> str:
        """What keeps an e-mail from leaving, as last looked at, with ordinary spaces."""
        [line] = [line for line in self.emails.lines if line.id == sending_id]
        assert (line.state == "Bloqué") == (sending_id not in self.ready)
        return line.detail.replace("\u202f", " ")

    @property
    def ready(self) -> dict[str, ReadyEmail]:
        """The e-mails that may leave, as last looked at."""
        by_id = {email.row.id: email for email in self.emails.ready}
        assert len(by_id) == len(self.emails.ready)
        return by_id

    def session(self) -> At:
        """A command's, at the robot's moment."""
        session = At(str(self.robot.campaign.config), None, None, 0, quiet=True)
        session.robot = self.robot
        return session

    def send(
        self, *sending_ids: str, outcome: DeliveryOutcome | Mapping[str, DeliveryOutcome] = DeliveryOutcome.SENT
    ) -> Letterbox:
        """Hand these over, approved or not, as `emails send` and `emails draft` do."""
        session, box = self.session(), Letterbox(outcome)
        emails = planned(session).emails
        assert emails is not None
        BatchSender(session, box).run([email for email in emails.ready if email.row.id in sending_ids])
        assert {*box.received} == {*sending_ids}
        return box

    def configure(self, old: str, new: str) -> None:
        """Change the configuration."""
        self.robot.campaign.set_config(old, new)
        self.robot = Robot(self.robot.campaign, self.robot.now, self.robot.today)

    def lose_state(self) -> None:
        """Another machine, or a lost folder."""
        for path in self.robot.state.folder.glob("*.sqlite3*"):
            path.unlink()

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows of the outbox."""
        return self.robot.tab(OUTBOX).rows

    @property
    def ids(self) -> list[Any]:
        """The ids of the outbox, in its order."""
        return [row["Id"] for row in self.rows]

    def row(self, sending_id: str) -> dict[str, Any]:
        """The only row of an id."""
        [found_row] = [row for row in self.rows if row["Id"] == sending_id]
        return found_row

    @property
    def lines(self) -> dict[str, dict[str, Any]]:
        """The lines of `Envois`, by id."""
        rows = self.robot.tab(SENDINGS).rows
        by_id = {str(row["Id"]): row for row in rows}
        assert len(by_id) == len(rows)
        return by_id

    @property
    def states(self) -> dict[str, Any]:
        """The state of each e-mail in `Envois`."""
        return {sending_id: line["État"] for sending_id, line in self.lines.items()}

    def said(self, sending_id: str) -> str:
        """What `Envois` says about an e-mail, with ordinary spaces."""
        return str(self.lines[sending_id]["Précision"] or "").replace("\u202f", " ")

    def place(self, header: str, sending_id: str) -> str:
        """A cell of the outbox, as messages name it."""
        return f"{OUTBOX}!{self.robot.tab(OUTBOX).cell(header, sending_id, 'Id')}"

    def type(self, header: str, key: Any, value: Any, tab: str = OUTBOX) -> None:
        """Type in the row of an e-mail, or of a dossier when `tab` is said."""
        edit(self.path, "set", tab=tab, cell=self.robot.tab(tab).cell(header, key), value=value)

    def decide(self, numero: str, header: str, value: Any) -> None:
        """Type in the row of a dossier."""
        self.type(header, numero, value, DOSSIERS)

    def delete(self, sending_id: str) -> None:
        """Delete the row of an e-mail."""
        edit(self.path, "delete_row", tab=OUTBOX, at=self.row(sending_id)["row"])

    def paste(self, sending_id: str, **over: Any) -> None:
        """Copy the row of an e-mail at the end, with other values under some headers."""
        with self.typing(OUTBOX) as (page, table):
            source, end = self.row(sending_id)["row"], len(table.snapshot.rows) + 1
            for header, place in table.headers.items():
                page[end, place] = over.get(header, page[source, place])

    def rearrange(self, headers: Iterable[str], order: Callable[[list[int]], list[int]], tab: str = OUTBOX) -> None:
        """Put the values of these columns in another order, as a sort of a selection does."""
        with self.typing(tab) as (page, table):
            rows = [row["row"] for row in table.rows]
            for header in headers:
                column = table.headers[header]
                values = [page[row, column] for row in order(rows)]
                for row, value in zip(rows, values, strict=True):
                    page[row, column] = value

    def swap(self, headers: Iterable[str], one: str, other: str) -> None:
        """Exchange what two rows of the outbox say in these columns."""
        pair = {self.row(one)["row"]: self.row(other)["row"], self.row(other)["row"]: self.row(one)["row"]}
        self.rearrange(headers, lambda rows: [pair.get(row, row) for row in rows])

    def blank(self, headers: Collection[str], tab: str = SENDINGS) -> None:
        """Empty whole columns."""
        with self.typing(tab) as (page, table):
            for row in table.rows:
                for header in headers:
                    page[row["row"], table.headers[header]] = None

    @contextmanager
    def typing(self, tab: str) -> Iterator[tuple[Page, Table]]:
        """A tab opened in a spreadsheet program, saved at the end."""
        table = self.robot.tab(tab)
        with memory_desk.typing(in_memory.storage_at(self.path), tab) as page:
            yield page, table
