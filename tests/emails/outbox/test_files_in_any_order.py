"""Whatever becomes of the files in between, an e-mail carries the bytes that were approved, or does not leave."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eig_sheets.cli.emails.recheck import with_their_files
from eig_sheets.cli.emails.sender import BatchSender, planned
from eig_sheets.emails.outlets.base import DeliveryOutcome
from eig_sheets.run.sending import approved
from tests.effort import examples
from tests.emails.drafting.support import JUROR
from tests.emails.outbox.team import Letterbox, Team, copied, dossier, made

JURORS = (JUROR["email"], "sacha@exemple.invalid")
ACTS = st.one_of(
    st.tuples(st.just("make"), st.sampled_from(["g", "ailleurs"])),
    st.tuples(st.sampled_from(["alter", "restore", "delete", "exchange"]), st.sampled_from(JURORS)),
    st.tuples(st.sampled_from(["question", "retitle", "night", "approve", "another machine"]), st.just("")),
    st.tuples(st.just("send"), st.sampled_from(["", "without looking first"])),
)


@pytest.fixture(scope="module")
def original(tmp_path_factory) -> Team:
    """Two dossiers that two jurors are reminded of: not to be changed."""
    other = {**JUROR, "nom": "Sacha Petit", "email": JURORS[1]}
    folder = tmp_path_factory.mktemp("fichiers") / "campagne"
    asked = [{"numero": numero, "jure": juror} for numero in ("90001", "90002") for juror in JURORS]
    return made(folder, candidatures=[dossier("90001"), dossier("90002")], jury=[JUROR, other], evaluations=asked)


class Office:
    """A team and the files that it made; `promised`: the digest that each e-mail had when it was prepared."""

    def __init__(self, team: Team, folder: Path) -> None:
        self.team, self.folder = team, folder
        self.files: dict[str, Path] = {}
        self.contents: dict[str, bytes] = {}
        self.promised: dict[str, str] = {}
        self.left: dict[str, bytes] = {}
        self.titles = 0

    def do(self, act: str, what: str) -> None:
        getattr(self, f"_{act.replace(' ', '_')}")(what)

    def _make(self, where: str) -> None:
        done = self.team.robot.campaign.run("jury", "ballots", "--to", self.folder / where, "--format", "json")
        if done.code == 0:  # a file that was exchanged is another juror's page: refused
            self.files = {ballot["juror"]: Path(ballot["file"]) for ballot in done.object["ballots"]}
            self.contents = {juror: path.read_bytes() for juror, path in self.files.items()}

    def _alter(self, juror: str) -> None:
        if (path := self.files.get(juror)) and path.exists():
            path.write_bytes(path.read_bytes() + b"\0")

    def _restore(self, juror: str) -> None:
        if path := self.files.get(juror):
            path.write_bytes(self.contents[juror])

    def _delete(self, juror: str) -> None:
        if path := self.files.get(juror):
            path.unlink(missing_ok=True)

    def _exchange(self, juror: str) -> None:
        here, there = (self.files.get(who) for who in (juror, next(other for other in JURORS if other != juror)))
        if here and there and there.exists():
            shutil.copy(there, here)

    def _retitle(self, _: str) -> None:
        self.titles += 1
        self.team.decide("90001", "Nom du projet", f"Titre {self.titles}")

    def _question(self, _: str) -> None:
        """What the page alone says: the text of the e-mail stays."""
        self.titles += 1
        self.team.decide("90001", "Questions de présélection", f"Question {self.titles} ?")

    def _another_machine(self, _: str) -> None:
        for path in self.team.robot.state.versions.glob("*grille-*"):
            path.unlink()

    def _night(self, _: str) -> None:
        self.team.night()
        digests = {row["E-mail du juré"]: row["Empreinte du fichier"] for row in self._grilles()}
        for row in self.team.rows:
            if row["Pièces jointes"]:
                self.promised.setdefault(row["Id"], digests[row["Destinataires"]])

    def _grilles(self) -> Sequence[dict[str, str]]:
        there = "Grilles" in {tab.name for tab in self.team.robot.read().tabs}
        return self.team.robot.tab("Grilles").rows if there else ()

    def _approve(self, _: str) -> None:
        for row in self.team.rows:
            self.team.type("Valider", row["Id"], True)

    def _send(self, how: str) -> None:
        session, box = self.team.session(), Letterbox(DeliveryOutcome.SENT)
        chosen = approved(planned(session).emails.ready)
        BatchSender(session, box).run(chosen if how else with_their_files(session, chosen)[0])
        for sending_id, (message, _) in box.received.items():
            carried = [part.get_content() for part in message.iter_attachments()]
            promised = [self.promised[sending_id]] if sending_id in self.promised else []
            assert [hashlib.sha256(content).hexdigest() for content in carried] == promised
            assert sending_id not in self.left
            self.left[sending_id] = b"".join(carried)


@pytest.mark.slow
@settings(max_examples=examples(2, 20))
@given(st.lists(ACTS, max_size=9))
def test_what_leaves_is_what_was_approved(original, acts):
    with tempfile.TemporaryDirectory() as folder:
        office = Office(copied(original, Path(folder) / "campagne"), Path(folder))
        for act, what in acts:
            office.do(act, what)
        for act, what in (("night", ""), ("make", "nouveau"), ("night", ""), ("approve", ""), ("send", "")):
            office.do(act, what)
        reached = {row["Destinataires"] for row in office.team.rows if row["Id"] in office.left}
        assert reached == {*JURORS}
