"""What happens on a campaign at one date: people's files and cells, then commands that read, write, send and keep."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from golden.commands import DOCUMENTS, DRY, EXPLAINING, LAST, ON_A_SERVER, READING, REAL, WRONG, Command
from golden.damages import damage
from golden.desks import Desk
from golden.files import write
from golden.mailbox import mailbox
from golden.recorder import Recorder
from tests.call.applications.files import talents_file, wishes_file

OUTBOX = "E-mails à envoyer"


def told(recorder: Recorder, projects: Desk, talents: Desk, day: date, formats: Sequence[str]) -> None:
    """All of it. `projects`, `talents`: the workbook where people type what is of either, maybe the same."""
    places = placeholders(recorder, talents, day)
    received(recorder.work)
    for command in READING:
        for form in formats:
            recorder.run(*filled(command, places), "--format", form)
    for command in EXPLAINING:
        recorder.run(*filled(command, places))
    for command in DRY:
        recorder.run(*filled(command, places), "--dry-run", "--format", "json")
    asked(projects)
    for command in (*REAL, ("requests", "run"), ("requests", "list"), *DOCUMENTS):
        recorder.run(*filled(command, places))
    sent(recorder, projects, talents)
    for command in (*LAST, *WRONG):
        recorder.run(*filled(command, places))
    fleet(recorder)


def told_on_a_server(recorder: Recorder, projects: Desk, talents: Desk, day: date) -> None:
    """What depends on where the workbooks are."""
    places = placeholders(recorder, talents, day)
    received(recorder.work)
    asked(projects)
    for command in ON_A_SERVER:
        form = () if command[0] == "state" else ("--format", "json")
        recorder.run(*filled(command, places), *form)


def placeholders(recorder: Recorder, talents: Desk, day: date) -> dict[str, str]:
    """What stands for the words in braces."""
    friday = day + timedelta((4 - day.weekday()) % 7)
    return {
        "dossier": third(recorder, ("rank",), "dossier"), "friday": friday.isoformat(),
        "candidate": third(recorder, ("rank", "--talents"), "candidate"),
        "juror": talents.last("Jury", "E-mail") or "personne@exemple.invalid",
    }  # fmt: skip


def third(recorder: Recorder, command: Command, key: str) -> str:
    """The third of what is ranked, so that there is something to explain."""
    done = recorder.run(*command, "--format", "json", record=False)
    listed = done.records if done.out.strip() else []
    return str(listed[min(2, len(listed) - 1)][key]) if listed else "1"


def filled(command: Command, places: dict[str, str]) -> list[str]:
    """The command with its words in braces replaced."""
    return [word.format(**places) for word in command]


def received(folder: Path) -> None:
    """The exports of candidates, of their wishes, of bookings, of registrations."""
    talents_file(folder)
    wishes_file(folder)
    booked = ("Claude Roux", "Claude@Exemple.invalid", "Parlons ensemble")
    rows = (("Invitee Name", "Invitee Email", "Event Type Name", "Start Date & Time", "End Date & Time", "Canceled"),
            (*booked, "2021-02-05 02:20 pm", "2021-02-05 02:40 pm", "false"),
            (booked[0], "annule@exemple.invalid", booked[2], "2021-03-19 10:00 am", "2021-03-19 10:20 am", "true"),
            (*booked, "2021-03-26 jamais", "2021-02-05 02:40 pm", "false"))  # fmt: skip
    people = (("Prénom", "Nom", "Email", "Company", "Date d'inscription", "A participé"),
              ("Claude", "Roux", "claude@exemple.invalid", "Agence fictive", "2021-02-20 10:00", "Oui"),
              ("Dominique", "Sansadresse", "dominique", "", "2021-02-21 10:00", "Non"))  # fmt: skip
    for name, lines in (("rendez-vous.csv", rows), ("inscrits.csv", people)):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(lines)


def asked(projects: Desk) -> None:
    """What officers ask for in `Demandes`."""
    wanted = ("Synchroniser", "Préparer les brouillons", "Rapport du jury", "Danser")
    projects.type_under("Demandes", "Action", wanted)


def sent(recorder: Recorder, projects: Desk, talents: Desk) -> None:
    """Drafts in the outbox, approved, sent to a server on this machine."""
    desks = {"": projects} if projects is talents else {"": projects, "--talents": talents}
    config = recorder.work / "config" / "campaign.toml"
    before = config.read_text(encoding="utf-8")
    with mailbox() as (port, messages):
        section = f'\n[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "aucune"\n'
        config.write_text(before.partition("\n[smtp]")[0] + section, encoding="utf-8")
        for option, desk in desks.items():
            part = [option] if option else []
            recorder.run(*part, "emails", "draft")
            shown(recorder, part)
            desk.tick(OUTBOX, "Valider")
            due = recorder.run(*part, "emails", "send", "--dry-run", "--format", "json")
            count = len(due.records) if due.out.strip() else 0
            some = min(count, 3)
            rehearsal = ("--redirect-all-to", "essai@example.org", "--confirm", str(some), "--limit", "3")
            recorder.run(*part, "emails", "send", *rehearsal)
            recorder.run(*part, "emails", "send", "--confirm", str(count + 1))
            recorder.run(*part, "emails", "send", "--confirm", str(count))
            recorder.run(*part, "emails", "draft", "--to", "eml", "--folder", "drafts" + option)
            recorder.run(*part, "emails", "archive")
        recorder.run("sync")
    config.write_text(before, encoding="utf-8")
    for number, message in enumerate(messages):
        write(recorder.folder / "sent" / f"{number:03}.eml", message)


def shown(recorder: Recorder, part: Sequence[str]) -> None:
    """One message of each template."""
    listed = recorder.run(*part, "emails", "list", "--format", "json", record=False)
    first: dict[str, str] = {}
    for email in listed.records if listed.out.strip() else []:
        first.setdefault(email["template"], email.get("id") or email.get("sending_id"))
    for sending_id in first.values():
        recorder.run(*part, "emails", "show", sending_id)


def fleet(recorder: Recorder) -> None:
    """Two calls in a folder, one of which has no workbook."""
    folder = recorder.work / "appels"
    for name, location in (("a", "campagne.xlsx"), ("b", "absent/campagne.xlsx")):
        settings = f'extends = "eig5"\n[workbook]\nlocation = "{location}"\n[state]\ndir = ".eig-sheets"\n'
        write(folder / name / "campaign.toml", settings)
    recorder.run("--config", folder / "a" / "campaign.toml", "init")
    recorder.run("fleet", "sync", folder, "--dry-run", "--jobs", "1")
    recorder.run("fleet", "sync", folder, "--jobs", "1")
    shutil.rmtree(folder)


def damaged(recorder: Recorder, projects: Desk, talents: Desk, formats: Sequence[str]) -> None:
    """What is said of cells that people damage."""
    damage(projects, talents)
    for form in formats:
        recorder.run("check", "--format", form)
        recorder.run("--talents", "check", "--format", form)
    recorder.run("sync", "--dry-run", "--format", "json")
    recorder.run("rank")
    recorder.run("emails", "list")
    recorder.run("emails", "check")
    recorder.run("jury", "status")
    recorder.run("sync")
