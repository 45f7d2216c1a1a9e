"""Writes the campaigns of version 0.1.0 that tests/kept reads: `python -m tests.kept.make ARCHIVE.tar.xz`.

It was run once, by that version, and is not run again: a later version that stores something new adds an archive of its
own beside, and leaves this one as it is.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any
from unittest.mock import patch

from eig_sheets.spreadsheet.model.cells import a1
from eig_sheets.storage.outage_log import OutageLog
from tests import clock
from tests.call.applications.files import talents_file, wishes_file
from tests.call.jury.returned import Mailbox, page, scores
from tests.cli import archived
from tests.columns import cell_of
from tests.demarche_server import dossiers, faults
from tests.demarche_server.server import Server
from tests.emails.outlets.local_smtp import Mailbox as Post
from tests.emails.outlets.scripted import DROP, Scripted
from tests.end_to_end.google.support import Desk, make_folder, synchronised
from tests.end_to_end.google.test_tables import an_export
from tests.end_to_end.google.unexpected_google import ALTERED_TEXTS, altered_texts
from tests.end_to_end.sending.campaign import OUTBOX, Team
from tests.features.outcomes.campaign import Decided, decided, received
from tests.features.outcomes.test_failures import and_then, on_act
from tests.kept import archive, services, spreadsheet
from tests.kept.commands import ASKED, name_of, said
from tests.kept.services import ENVIRONMENT, SECTIONS, Services
from tests.nightly import Table
from tests.people_cells import type_in
from tests.program import Campaign, Outcome, run

PLACE = Path(gettempdir()) / "eig-sheets-0.1.0"
"""Where they are made: the state folders know the workbooks by it, and a machine of tests has nothing there."""


def main() -> None:
    shutil.rmtree(PLACE, ignore_errors=True)
    with services.running() as ours:
        jury(PLACE / "jury", ours)
        ended(PLACE / "ended", ours)
    online(PLACE / "online")
    finish(Path(sys.argv[1]))


def finish(target: Path) -> None:
    """Pack what was made, then again with what commands say of it once it is not at its place any more."""
    with TemporaryDirectory() as elsewhere:
        archive.pack(PLACE, target)
        archive.unpack(target, Path(elsewhere) / "left")
        PLACE.rename(Path(elsewhere) / "made")
        record(Path(elsewhere) / "made", Path(elsewhere) / "left")
        archive.pack(Path(elsewhere) / "made", target)


def record(folder: Path, left: Path) -> None:
    """Write what each command says of the campaigns that were left in a folder, asked of a copy each, elsewhere."""
    with TemporaryDirectory() as elsewhere, services.running() as ours:
        services.as_left(ours.demarche)
        for place, (name, command) in enumerate((name, one) for name, commands in ASKED.items() for one in commands):
            copy = ours.copied(left / name, Path(elsewhere) / str(place))
            with services.environment_of(copy) as env:
                path = folder / "said" / name / name_of(command)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(said(copy, command, env), encoding="utf-8")


def on(campaign: Campaign, day: str, *arguments: str | Path, code: int = 0) -> Outcome:
    """A command on a day of 2021; without one, on the day that it is."""
    today = ("--today", f"2021-{day}") if day else ()
    done = run("--config", campaign.config, *today, *arguments, env=ENVIRONMENT)
    print("$", day, *arguments, "→", done.code, done.out[-400:], done.err[-700:], sep="\n")
    assert done.code == code, done
    return done


def jury(folder: Path, ours: Services) -> None:
    """The demonstration, from its jury's last days to its projects' summer."""
    assert run("--today", "2021-05-03", "demo", folder).code == 0
    team = Team(folder)
    serve(team, ours)
    imports(team, ours.demarche)
    pages(team)
    runs(team)
    sendings(team, ours.post)
    requests(team)
    finance(team)
    on(team, "09-15", "sync")
    on(team, "09-16", "follow-up", "generate")
    outage(team)
    slim(team)
    (team.state.folder / "copies.sqlite3").unlink()  # 500 kB, as if its period had ended: that of `ended` is small


def serve(team: Campaign, ours: Services) -> None:
    with team.config.open("a", encoding="utf-8") as file:
        file.write(SECTIONS)
    ours.connect(team.folder)


def imports(team: Team, service: Server) -> None:
    """Exports that differ from what was typed, a dossier that was withdrawn, and an import that was undone."""
    on(team, "05-03", "import", team.export, "--yes")
    for kind, export in (("talents", talents_file), ("wishes", wishes_file)):
        on(team, "05-03", "import", export(team.folder), "--kind", kind, "--yes")
    for number in (4001, 4002, 4003):
        service.service.add(services.deposited(number))
        on(team, "05-03", "import", "--api", "--yes")
    on(team, "05-03", "import", "--undo", "--yes")
    service.service.deleted.append(dossiers.deleted(4002, "2021-05-02T10:00:00+02:00"))
    del service.service.dossiers[4002]
    on(team, "05-03", "import", "--api", "--yes")


def pages(team: Team) -> None:
    """A grille that the program makes, and one that a juror sent back."""
    juror = Table(team.read().tab("Jury")).rows[0]["E-mail"]
    on(team, "05-03", "jury", "ballots", "--to", team.folder / "g", "--for", juror)
    shown = on(team, "05-03", "jury", "status", "--by", "juror", "--format", "json").records
    late = next(one for one in shown if one["missing"])
    said = {late["missing"][0]: scores(3.5, "NSP", "3,5", avis="Favorable", commentaire="Utile")}
    mailbox = Mailbox(team.folder / "recues")
    mailbox.put("page.xlsx", page(late["juror"], said), datetime(2021, 5, 3, 10))
    on(team, "05-03", "jury", "collect", mailbox.folder)


def runs(team: Team) -> None:
    """Runs that differ: a score, a value over the robot's, one that was erased, a cell nobody can read, decisions."""
    on(team, "05-03", "sync")
    score = cell_of("evaluations", "pertinence", 5)
    changes: Sequence[tuple[str, Sequence[tuple[str, str, Any]]]] = (
        ("05-04", [("Évaluations", score, 1)]),
        ("05-05", [("Évaluations", score, 4)]),
        ("05-06", [
            ("Classement", "B6", "moi"),
            ("Candidatures", cell_of("candidatures", "email_porteur", 9), None),
            *(("Candidatures", cell_of("candidatures", "decision", row), "Lauréat") for row in (5, 6, 7)),
        ]),
        ("05-06", [("Candidatures", cell_of("candidatures", "nombre_eig", 10), "?")]),
    )  # fmt: skip
    for day, cells in changes:
        for tab, cell, value in cells:
            type_in(team.workbook, tab, cell, value)
        on(team, day, "sync")


def sendings(team: Team, post: Post) -> None:
    """Approved e-mails: sent, refused by the server."""
    on(team, "05-06", "emails", "draft")
    ids = [str(one["Id"]) for one in team.table(OUTBOX).rows if one["État"] == "À valider"][:4]
    post.refused = {"porteur-32@exemple.invalid": "550 5.1.1 No such user"}
    typed(team, OUTBOX, {(one, "Valider"): "oui" for one in ids})
    ready = on(team, "", "emails", "send", "--dry-run", "--format", "json").records
    on(team, "", "emails", "send", "--confirm", str(len(ready)), code=1)
    post.refused = {}
    on(team, "05-06", "sync")


def requests(team: Team) -> None:
    """Requests that were done, refused, and one that waits for its tick: an e-mail that was approved since."""
    on(team, "05-06", "requests", "run")
    asked = ("Sélection", "Équipes", "Procès-verbal", "Rapport du jury")
    _ask(team, *asked)
    on(team, "05-06", "requests", "run")
    waiting = next(str(one["Id"]) for one in team.table(OUTBOX).rows if one["État"] == "À valider")
    typed(team, OUTBOX, {(waiting, "Valider"): "oui"})
    _ask(team, "Envoyer ce qui est validé")
    on(team, "", "requests", "run")


def _ask(team: Team, *actions: str) -> None:
    table = team.table("Demandes")
    free = [row["row"] for row in table.rows if not row["Action"]]
    for row, action in zip(free, actions, strict=False):
        type_in(team.workbook, "Demandes", a1(row, table.headers["Action"]), action)
        type_in(team.workbook, "Demandes", a1(row, table.headers["Demandé par"]), "Claire")


def finance(team: Team) -> None:
    """Two versions of what the finance department got."""
    on(team, "05-06", "cofinancing", "--to", team.folder / "finance.xlsx")
    type_in(team.workbook, "Candidatures", cell_of("candidatures", "nombre_eig", 10), 1)
    on(team, "05-07", "cofinancing", "--to", team.folder / "finance-2.xlsx")


def outage(team: Team) -> None:
    """The third night that fails: the operator was told, and not yet that it is over."""
    log = OutageLog(team.state.folder, str(team.workbook))
    for days in (2, 1):
        log.begin(clock.now() - timedelta(days=days))
    content = team.workbook.read_bytes()
    team.workbook.write_bytes(b"not a workbook")
    on(team, "09-15", "sync", code=1)
    team.workbook.write_bytes(content)


def ended(folder: Path, ours: Services) -> None:
    """A call that is over: decisions that were told and given, e-mails in doubt, archives that are gone."""
    received(ours.demarche)
    decided(folder)
    team = Decided(folder)
    serve(team, ours)
    on(team, "", "sync")
    eliminated(team)
    typed(team, OUTBOX, {(str(one["Id"]), "Valider"): "oui" for one in team.table(OUTBOX).rows})
    with Scripted({"body": [DROP, DROP, DROP]}) as bad:
        text = team.config.read_text(encoding="utf-8")
        team.config.write_text(text.replace(f"port = {ours.port}", f"port = {bad.port}"), encoding="utf-8")
        on(team, "", "emails", "send", "--confirm", "3", code=1)
        team.config.write_text(text, encoding="utf-8")
    on(team, "", "emails", "settle", "--sent", "ineligible-4512002")
    on(team, "", "outcomes", "push", "--confirm", "2")
    on(team, "", "emails", "settle", "--sent", "laureat-4512000")
    on_act(ours.demarche, and_then(faults.cut_before, faults.status(403, b"{}"))(ours.demarche))
    on(team, "", "outcomes", "push", "--confirm", "1", code=1)
    on(team, "", "sync")
    slim(team)


def eliminated(team: Decided) -> None:
    """One e-mail that left, then what a purge makes of it; three pages, gone with a visa, and a list that waits."""
    typed(team, OUTBOX, {("liste_attente-4512004", "Valider"): "oui"})
    on(team, "", "emails", "send", "--confirm", "1")
    text = team.config.read_text(encoding="utf-8")
    team.config.write_text(text.replace("months = 60", "months = 12"), encoding="utf-8")
    for number in range(3):
        archived.add_page(team, number)
    on(team, "", "archives", "bordereau", "--to", team.folder / "bordereau.docx")
    [listed] = json.loads(next((team.state.folder).glob("eliminations-*.json")).read_bytes())
    visa = ("--visa", "AD-12", "--visa-date", f"{clock.today()}")
    on(team, "", "archives", "erase", listed["reference"], *visa, "--confirm", str(listed["count"]))
    archived.add_page(team, 3)
    on(team, "", "archives", "bordereau", "--to", team.folder / "bordereau-2.docx")
    on(team, "", "archives", "purge")
    on(team, "", "sync")


def online(folder: Path) -> None:
    """A Google Sheet where a text was kept otherwise, and where a row that was added lies under other headers."""
    with TemporaryDirectory() as first:
        make_folder(Path(first))
        with synchronised(Path(first)) as finished:
            desk = finished.copy(folder)
            with patch.dict(os.environ, {"EIG_SHEETS_QUOTA": str(desk.state)}):
                _disturb(desk)
            stored = json.dumps(spreadsheet.as_json(desk.book), ensure_ascii=False)
    (folder / "spreadsheet.json").write_text(stored, encoding="utf-8")
    desk.state.rename(folder / ".eig-sheets")
    (desk.folder / "config").rename(folder / "config")


def _disturb(desk: Desk) -> None:
    desk.change_a_score()
    with altered_texts(ALTERED_TEXTS["narrow spaces are replaced"]):
        for _ in range(3):
            assert desk.sync().code == 0
    book = desk.book.copy()
    book.metadata = [one for one in book.metadata if one["metadataKey"] != "eig-sheets.column"]
    desk.book = book
    moved = {"kind": "move_column", "tab": "Candidatures", "header": "Nom du projet", "to": "F"}
    script = [{"after_call": 1, "edit": moved}]
    assert desk.run("import", str(an_export(desk.folder)), "--yes", script=script).code == 1
    assert desk.sync().code == 0


def typed(team: Team, tab: str, cells: Mapping[tuple[str, str], Any]) -> None:
    """Type in a tab: (what the first column of the row says, header) → value."""
    table = team.table(tab)
    rows = {str(table.snapshot.value(row["row"], 0)): row["row"] for row in table.rows}
    for (key, header), value in cells.items():
        type_in(team.workbook, tab, a1(rows[key], table.headers[header]), value)


def slim(team: Team) -> None:
    """Leave out what is large and no run reads: documents, and former versions of the workbooks."""
    for pattern in (
        "*.docx",
        "finance*",
        "demandes/*",
        ".eig-sheets/versions/campagne.*",
        ".eig-sheets/versions/talents.*",
    ):
        for path in sorted(team.folder.glob(pattern)):
            path.unlink()


if __name__ == "__main__":
    main()
