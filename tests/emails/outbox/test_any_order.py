"""Whatever people, nights and sends do, in any order: nothing leaves that should not, and nothing of people's moves."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from eig_sheets.cli.emails.outlets import sender_of
from eig_sheets.cli.emails.sender import mime_message
from eig_sheets.emails.catalogue.deliveries import Stage
from eig_sheets.emails.drafting.drafts import Draft, drafts
from eig_sheets.emails.mail.messages import Message
from eig_sheets.emails.outbox.fingerprints import fingerprint_of
from eig_sheets.emails.outbox.status import ReadyEmail
from eig_sheets.emails.outbox.versions import base
from eig_sheets.emails.outlets.base import DeliveryOutcome
from eig_sheets.run.sending import delivery, missing_from_ledger, reserve
from tests.effort import examples
from tests.emails.outbox.team import DOSSIERS, OUTBOX, SENDINGS, Letterbox, Team, copied, made
from tests.spreadsheet.xlsx_desk import edit

MAY_LEAVE = {"À valider", "Validé", "Échec"}
HEADERS = ["Id", "Modèle", "N° de dossier", "Destinataires", "Copie", "Objet", "Message", "Pièces jointes", "Valider"]
PLACES = st.integers(0, 11)
CHANGES = st.sampled_from([
    *(("Décision", value) for value in ("Non retenu", "Lauréat", "Liste d’attente", "Désisté", None)),
    *(("Retour au porteur", value) for value in ("Bien.", "Mieux {{ encore }}.", None)),
    *(("Audition décidée", datetime(2021, 5, 4, hour)) for hour in (9, 11)),
    *(("E-mail du porteur", value) for value in ("a@exemple.invalid", "b@exemple.invalid", "personne")),
    *(("Présélection", value) for value in ("Présélectionné", None)),
    ("Nom du projet", "Un\nautre nom"),
])  # fmt: skip
TYPED = st.sampled_from([
    ("Objet", "Mon objet"), ("Objet", "Deux\r\nBcc: x@ailleurs.invalid"), ("Objet", None), ("Message", "Mon message"),
    ("Message", "{{ projet }}"), ("Destinataires", "qui@ailleurs.invalid"), ("Destinataires", None),
    ("Copie", None), ("Copie", "mentor90002@exemple.invalid"), ("Destinataires", "second90003@exemple.invalid"),
    ("Valider", "oui"), ("Valider", None), ("Ne pas envoyer", "x"), ("Ne pas envoyer", None), ("État", "Envoyé"),
])  # fmt: skip
LEFT = {DeliveryOutcome.SENT, DeliveryOutcome.DRAFTED, DeliveryOutcome.UNCERTAIN}
ADDRESS = re.compile(r"[^\s<>;,]+@[^\s<>;,]+")


@dataclass(frozen=True)
class Gone:
    """An e-mail that left, or may have: what it said of an appointment, and who it was for."""

    id: str
    uid: str | None
    details: tuple[str, bool]
    people: frozenset[str]


class AnyOrder(RuleBasedStateMachine):
    """What is known here comes from what was done, not from the robot's own tabs."""

    original: Team

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.team = copied(self.original, Path(self.folder.name) / "campagne")
        self.gone: list[Gone] = []
        self.written = {row["Id"]: said(row) for row in self.team.rows}
        self.damaged = False

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.night()
            self.folder.cleanup()

    @rule(numero=st.sampled_from(["90001", "90002", "90003", "90004"]), change=CHANGES)
    def decide(self, numero, change):
        self.team.decide(numero, *change)

    @rule(place=PLACES, typed=TYPED)
    def type_in_a_row(self, place, typed):
        header, value = typed
        if number := self.number(place):
            self.set(number, header, value)

    @rule(place=PLACES, header=st.sampled_from(["Valider", "Ne pas envoyer"]), value=st.sampled_from(["oui", None]))
    def tick(self, place, header, value):
        if number := self.number(place):
            self.set(number, header, value)

    @rule(place=PLACES)
    def delete(self, place):
        if number := self.number(place):
            edit(self.team.path, "delete_row", tab=OUTBOX, at=number)

    @rule(place=PLACES)
    def duplicate(self, place):
        if number := self.number(place):
            with self.team.typing(OUTBOX) as (page, table):
                end = len(table.snapshot.rows) + 1
                for column in table.headers.values():
                    page[end, column] = page[number, column]

    @rule(by=st.sampled_from(["Id", "Objet", "Message"]), descending=st.booleans())
    def sort(self, by, descending):
        edit(self.team.path, "sort", tab=OUTBOX, by=by, descending=descending)

    @rule(headers=st.sets(st.sampled_from(HEADERS), min_size=1), turn=st.integers(1, 3))
    def sort_a_part(self, headers, turn):
        self.team.rearrange(headers, lambda rows: [*rows[turn:], *rows[:turn]])

    @precondition(lambda self: not self.damaged)
    @rule(header=st.sampled_from(["État", "Empreinte", "Id", "Modèle"]), turn=st.booleans())
    def damage_envois(self, header, turn):
        self.damaged = True
        if turn:
            self.team.rearrange([header], lambda rows: [*rows[1:], *rows[:1]], SENDINGS)
        else:
            self.team.blank([header])

    @precondition(lambda self: not self.damaged)
    @rule()
    def delete_envois(self):
        edit(self.team.path, "delete_tab", tab=SENDINGS)
        self.night()

    @precondition(lambda self: not self.damaged)
    @rule()
    def lose_state(self):
        self.damaged = True
        self.team.lose_state()

    @rule(days=st.integers(1, 3))
    def wait(self, days):
        self.team.robot.today += timedelta(days=days)

    @rule(place=PLACES, outcome=st.sampled_from([*DeliveryOutcome]))
    def send(self, place, outcome):
        if email := self.chosen(place):
            box = self.team.send(email.row.id, outcome=outcome)
            if outcome in LEFT:
                self.note(email, box)
            self.damaged = False

    @rule(place=PLACES, begun=st.booleans())
    def cut_a_send(self, place, begun):
        """As if the machine had stopped just before it handed an e-mail over, or just after."""
        if email := self.chosen(place):
            robot, batch_id = self.team.robot, f"{place:012x}"
            robot.ledger.record_intents([delivery(email, "boîte", Stage.RESERVED, robot.now, batch_id)])
            update = reserve(self.run, robot.state.load_last_run(), [email], batch_id, robot.now)
            robot.book.apply(update.plan)
            if update.last_run:
                robot.state.save_last_run(update.last_run)
            if begun:
                robot.ledger.record_intent(delivery(email, "boîte", Stage.INTENDED, robot.now, batch_id))
                self.note(email, None)

    @rule(place=PLACES, sent=st.booleans())
    def settle(self, place, sent):
        self.night()
        doubtful = [
            sending_id for sending_id, state in self.team.states.items() if state in ("Incertain", "Brouillon créé")
        ]
        if doubtful:
            sending_id = doubtful[place % len(doubtful)]
            done = self.team.robot.campaign.run("emails", "settle", sending_id, "--sent" if sent else "--not-sent")
            assert done.code == 0, done.err
            if not sent:
                self.gone = [email for email in self.gone if email.id != sending_id]

    @rule()
    def night(self):
        self.run = self.team.night()
        self.damaged = False
        for row in self.team.rows:
            if row["Id"]:
                self.written.setdefault(row["Id"], said(row))
        self.check()

    def chosen(self, place: int) -> ReadyEmail | None:
        """One of the e-mails that may leave after this night; a new machine is told what left before."""
        self.night()
        if missing_from_ledger(self.run, self.team.robot.deliveries):
            assert self.team.robot.campaign.run("state", "adopt").code == 0
            self.night()
        ready = [*self.team.ready.values()]
        return ready[place % len(ready)] if ready else None

    def note(self, email: ReadyEmail, box: Letterbox | None) -> None:
        booked = email.fingerprint.booked
        people = box.received[email.row.id][1] if box else ADDRESS.findall(f"{email.row.to} {email.row.cc}")
        about = (booked.details, booked.cancelled) if booked else ("", False)
        self.gone.append(Gone(email.row.id, booked.uid if booked else None, about, frozenset(people)))

    def number(self, place: int) -> int | None:
        """The row of an e-mail."""
        rows = self.team.rows
        return rows[place % len(rows)]["row"] if rows else None

    def set(self, number: int, header: str, value: Any) -> None:
        with self.team.typing(OUTBOX) as (page, table):
            page[number, table.headers[header]] = value

    def check(self) -> None:
        """All that is promised about the e-mails that may leave."""
        states, rows = self.team.states, self.team.rows
        due = self.due()
        for email in self.team.ready.values():
            [row] = [row for row in rows if row["Id"] == email.row.id]
            assert states[email.row.id] in MAY_LEAVE
            assert not row["Ne pas envoyer"]
            self.is_not_gone(email)
            if email.template != "annulation":
                self.says_what_is_due(email, due)
            self.is_whole(email)

    def due(self) -> dict[str, Draft]:
        robot, run = self.team.robot, self.run
        due_drafts = drafts(run.reading, run.results, robot.texts, robot.today, run.previous.received)
        return {draft.id: draft for draft in due_drafts}

    def is_not_gone(self, email: ReadyEmail) -> None:
        booked = email.fingerprint.booked
        for other in self.gone:
            assert email.row.id != other.id
            if booked is None:
                assert base(email.row.id) != base(other.id)
        last = [other for other in self.gone if booked and other.uid == booked.uid][-1:]
        for other in last:
            assert (booked.details, booked.cancelled) != other.details

    def says_what_is_due(self, email: ReadyEmail, due: dict[str, Draft]) -> None:
        draft = due[base(email.row.id)]
        assert isinstance(draft.outcome, Message)
        assert email.fingerprint.whole == fingerprint_of(draft, draft.outcome).whole
        message = draft.outcome
        text = (" ; ".join(message.to), " ; ".join(message.cc), message.subject, message.body.strip())
        assert self.written[email.row.id] == text

    def is_whole(self, email: ReadyEmail) -> None:
        session = self.team.session()
        assert email.email.subject.strip()
        assert email.email.body.strip()
        assert not re.search(r"\{\{|\}\}|\{%|%\}|\{#", f"{email.email.subject}{email.email.body}")
        message = mime_message(session, email.email, sender_of(session.campaign), Letterbox(DeliveryOutcome.SENT))
        assert not re.search(r"[\r\n]", message["Subject"])
        addresses = {each.addr_spec for header in ("To", "Cc") if message[header] for each in message[header].addresses}
        assert addresses <= {*self.people(email)}

    def people(self, email: ReadyEmail) -> Iterator[str]:
        """Those whom an e-mail may go to."""
        if email.template == "annulation":
            for other in self.gone:
                if other.uid == email.email.event.uid:
                    yield from other.people
        elif email.numero is None:
            yield from (str(row["E-mail"]) for row in self.team.robot.tab("Jury").rows)
        else:
            for row in self.team.robot.tab(DOSSIERS).rows:
                if str(row["N° de dossier"]) == email.numero:
                    yield from (str(value) for header, value in row.items() if header.startswith("E-mail"))


def said(row):
    """What a row says when it is appended."""
    return tuple((row[header] or "").strip() for header in ("Destinataires", "Copie", "Objet", "Message"))


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    return made(tmp_path_factory.mktemp("bureau") / "campagne")


@pytest.mark.hypothesis
def test_in_any_order(original):
    class Here(AnyOrder):
        pass

    Here.original = original
    run_state_machine_as_test(Here, settings=settings(max_examples=examples(1, long=8), stateful_step_count=10))
