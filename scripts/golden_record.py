"""Writes all that people see into a folder, to compare two versions of the code: `diff -r BEFORE AFTER`.

    python scripts/golden_record.py BEFORE            # on the code as it is
    python scripts/golden_record.py AFTER             # after a refactoring
    diff -r BEFORE AFTER && echo "nothing that people see has changed"

The sample campaign at three dates, on .xlsx and on the local Sheets server: its workbook part by part, outputs of its
commands, the jury's page, the minutes, drafts and sent messages with their invitations. The program runs as its users
run it, under a clock that stands still (Debian's faketime) and with counted tokens, so that two records of the same
code are the same, byte for byte. A package goes part by part; `pull` by cells and formats, since a library may write
them otherwise.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import urllib.request
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from aiosmtpd.controller import Controller

ROOT = Path(__file__).parents[1]
MOMENTS = ("2021-04-08 07:30:00", "2021-05-10 08:15:00", "2021-09-20 18:45:00")
LIBRARIES = tuple(f"/usr/lib/{machine}-linux-gnu/faketime/libfaketime.so.1" for machine in ("x86_64", "aarch64"))
COUNTED_TOKENS = """
import os, secrets
def token_hex(size=16):
    with open(os.environ["GOLDEN_COUNT"], "a+") as file:
        file.write(".")
        return f"{file.tell():0{2 * size}x}"[-2 * size:]
secrets.token_hex = token_hex
"""
READING = (
    ("check",), ("rank",), ("rank", "--explain", "{dossier}"), ("rank", "--jurors"), ("rank", "--sensitivity"),
    ("cofinancing",), ("cofinancing", "--explain", "{dossier}"), ("emails", "list"), ("emails", "check"),
)  # fmt: skip
GROUPS = (
    (), ("demo",), ("init",), ("import",), ("check",), ("sync",), ("rank",), ("cofinancing",), ("report",), ("emails",),
    ("emails", "list"), ("emails", "check"), ("emails", "draft"), ("emails", "show"), ("emails", "send"),
    ("emails", "settle"), ("pull",), ("state",), ("state", "adopt"),
)  # fmt: skip

WRONG = (("rang",), ("rank", "--format", "xml"), ("sync", "--workbook"), ("emails", "send", "--confirm", "x"))


@dataclass
class Recorder:
    """Runs commands at one moment, and keeps what they say in numbered files."""

    folder: Path
    work: Path
    moment: str
    env: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def run(self, *arguments: str | Path, record: bool = True) -> str:
        """One command; its standard output."""
        done = subprocess.run(
            [sys.executable, "-m", "eig_sheets", *map(str, arguments)], cwd=self.work, env=self.environment,
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        if record:
            self.count += 1
            words = [str(argument) for argument in arguments if not str(argument).startswith(("/", "http"))]
            name = re.sub(r"[^\w.-]+", "-", " ".join(words)).strip("-")[:80]
            text = f"exit {done.returncode}\n--- stdout\n{done.stdout}--- stderr\n{done.stderr}"
            write(self.folder / "commands" / f"{self.count:02} {name}.txt", self.anonymous(text))
        return done.stdout

    @property
    def environment(self) -> dict[str, str]:
        """A clock that stands still, counted tokens, a terminal of a known width."""
        fixed = {
            "LD_PRELOAD": library(), "FAKETIME": self.moment, "FAKETIME_DONT_FAKE_MONOTONIC": "1", "TZ": "Europe/Paris",
            "PYTHONPATH": f"{self.work.parent / 'site'}{os.pathsep}{ROOT}", "PYTHONUTF8": "1", "COLUMNS": "120",
            "GOLDEN_COUNT": str(self.work.parent / "count"), "HOME": str(self.work.parent), "NO_COLOR": "1",
        }  # fmt: skip
        return {"PATH": os.environ["PATH"], **fixed, **self.env}

    def anonymous(self, text: str) -> str:
        """Text without what depends on this machine."""
        for secret, name in ((str(self.work), "FOLDER"), (str(self.work.parent), "PARENT")):
            text = text.replace(secret, name)
        return re.sub(r"(127\.0\.0\.1|localhost):\d+", r"\1:PORT", text)


def library() -> str:
    """The library of faketime."""
    found = next((path for path in LIBRARIES if Path(path).exists()), None)
    return found or sys.exit("golden_record: install faketime (apt install faketime).")


def write(path: Path, content: str | bytes) -> None:
    """A file of the record, with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def unpack(package: Path, folder: Path) -> None:
    """Each part of a package as a file, one element a line so that a difference can be read; and their order."""
    with zipfile.ZipFile(package) as parts:
        for name in parts.namelist():
            content = parts.read(name)
            write(folder / name, content.replace(b"><", b">\n<") if name.endswith((".xml", ".rels")) else content)
        write(folder / "order.txt", "\n".join(parts.namelist()))


def cells(path: Path, into: Path) -> None:
    """A workbook by cells, formats and rules, whatever library wrote it."""
    book = openpyxl.load_workbook(path)
    lines = []
    for sheet in book:
        lines += [f"# {sheet.title} {sheet.sheet_state} {sheet.freeze_panes} {sheet.auto_filter.ref}"]
        widths = {letter: round(dimension.width, 2) for letter, dimension in sorted(sheet.column_dimensions.items())}
        lines += [f"widths {widths}", f"merged {sorted(map(str, sheet.merged_cells.ranges))}"]
        rules = sheet.data_validations.dataValidation
        lines += sorted(f"rule {rule.sqref} {rule.type} {rule.formula1} {rule.formula2}" for rule in rules)
        for where in sheet.conditional_formatting:
            lines += [f"colours {where.sqref} {rule.type} {rule.formula} {rule.operator}" for rule in where.rules]
        for row in sheet.iter_rows():
            lines += [described(cell) for cell in row if cell.value is not None or cell.has_style]
    write(into, "\n".join(lines))


def described(cell: Any) -> str:
    """A cell in a line: its value, format, font, fill, alignment, note and link."""
    fill = cell.fill.start_color.rgb if cell.fill.fill_type else None
    font = (cell.font.b, cell.font.i, cell.font.color.rgb if cell.font.color else None)
    side = (cell.alignment.horizontal, cell.alignment.vertical, cell.alignment.wrap_text)
    link = cell.hyperlink.target if cell.hyperlink else None
    note = cell.comment.text if cell.comment else None
    return f"{cell.coordinate} {cell.value!r} {cell.number_format!r} {font} {fill} {side} {link} {note!r}"


def record(folder: Path) -> None:
    """The whole record."""
    if folder.exists():
        sys.exit(f"golden_record: {folder} is there already.")
    kinds = (("xlsx", of_file), ("google", of_google))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        parts = [
            pool.submit(record_part, folder, name, moment, backend) for moment in MOMENTS for name, backend in kinds
        ]
        parts.append(pool.submit(record_help, folder))
    for part in parts:
        part.result()


def record_part(folder: Path, name: str, moment: str, backend: Callable[[Recorder], None]) -> None:
    """One backend at one date."""
    with workplace() as work:
        backend(Recorder(folder / name / moment[:10], work, moment))


def record_help(folder: Path) -> None:
    """Help pages, and what wrong usage gets."""
    with workplace() as work:
        helps = Recorder(folder / "help", work, MOMENTS[0])
        for group in GROUPS:
            helps.run(*group, "--help")
        for wrong in WRONG:
            helps.run(*wrong)


@contextmanager
def workplace() -> Iterator[Path]:
    """A folder to work in, beside the module that counts tokens."""
    with tempfile.TemporaryDirectory() as parent:
        write(Path(parent) / "site" / "sitecustomize.py", COUNTED_TOKENS)
        work = Path(parent) / "work"
        work.mkdir()
        yield work


def of_file(recorder: Recorder) -> None:
    """The demonstration on its .xlsx file."""
    run, demo = recorder.run, recorder.work / "demo-eig"
    run("demo", "demo-eig")
    recorder.work = demo
    unpack(demo / "campagne.xlsx", recorder.folder / "after demo")
    every_format(recorder)
    documents(recorder)
    sending(recorder, lambda: approve_file(demo / "campagne.xlsx"))
    unpack(demo / "campagne.xlsx", recorder.folder / "after sending")
    for state in sorted((demo / ".eig-sheets").rglob("*.json*")):
        write(recorder.folder / "state" / state.name, state.read_bytes())


def every_format(recorder: Recorder, formats: Sequence[str] = ("table", "csv", "json")) -> None:
    """What the reading commands say, and what the writing ones would change."""
    listed = json.loads(recorder.run("rank", "--format", "json", record=False) or "[]")
    dossier = listed[2]["dossier"] if len(listed) > 2 else "1"
    for command in READING:
        for form in ("table",) if "--explain" in command else formats:
            words = [word.format(dossier=dossier) for word in command]
            recorder.run(*words, *(() if "--explain" in command else ("--format", form)))
    for command in ("init", "sync"):
        recorder.run(command, "--dry-run", "--format", "json")
        recorder.run(command)
    export = next(recorder.work.glob("export-*.csv"), None)
    if export:
        recorder.run("import", export.name, "--dry-run", "--format", "json")
        recorder.run("import", export.name)
        recorder.run("import", export.name)
        recorder.run("sync", "--dry-run", "--format", "json")
        recorder.run("sync")


def documents(recorder: Recorder) -> None:
    """The jury's page, the minutes, drafts."""
    recorder.run("report", "--to", "page.html")
    recorder.run("report", "--minutes", "--to", "minutes.docx")
    for name in ("page.html", "minutes.docx"):
        path = recorder.work / name
        if path.suffix == ".docx" and path.exists():
            unpack(path, recorder.folder / "minutes")
        elif path.exists():
            write(recorder.folder / name, path.read_bytes())
    listed = json.loads(recorder.run("emails", "list", "--format", "json", record=False) or "[]")
    for template in sorted({email["template"] for email in listed}):
        first = next(email for email in listed if email["template"] == template)
        recorder.run("emails", "show", first.get("id") or first.get("sending_id"))
    recorder.run("emails", "draft", "--to", "eml", "--folder", "drafts", "--dry-run", "--format", "json")


def sending(recorder: Recorder, approve: Any) -> None:
    """Drafts in the outbox, approved, sent to a server on this machine."""
    recorder.run("emails", "draft")
    count = approve()
    config = recorder.work / "config" / "campaign.toml"
    with mailbox() as (port, messages):
        section = f'\n[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "aucune"\n'
        before = config.read_text(encoding="utf-8")
        config.write_text(before.partition("\n[smtp]")[0] + section, encoding="utf-8")
        recorder.run("emails", "send", "--dry-run", "--format", "json")
        recorder.run("emails", "send", "--redirect-all-to", "essai@example.org", "--confirm", str(count))
        recorder.run("emails", "send", "--confirm", str(count))
        recorder.run("emails", "send", "--confirm", "1", "--limit", "1")
        recorder.run("sync")
        recorder.run("emails", "draft", "--to", "eml", "--folder", "drafts")
        config.write_text(before, encoding="utf-8")
    for number, message in enumerate(messages):
        write(recorder.folder / "sent" / f"{number:03}.eml", message)
    for draft in sorted((recorder.work / "drafts").glob("*")):
        write(recorder.folder / "drafts" / draft.name, draft.read_bytes())


@contextmanager
def mailbox() -> Iterator[tuple[int, list[bytes]]]:
    """A mail server: its port, and what it received."""
    messages: list[bytes] = []

    class Handler:
        async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:  # noqa: N802
            to = ", ".join(envelope.rcpt_tos)
            messages.append(f"MAIL FROM {envelope.mail_from} RCPT TO {to}\n".encode() + envelope.content)
            return "250 OK"

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(Handler(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port, messages
    finally:
        controller.stop()


def approve_file(path: Path) -> int:
    """Tick each row of the outbox, as people do; how many."""
    book = openpyxl.load_workbook(path, rich_text=True)
    sheet = book["E-mails à envoyer"]
    top = next(row for row in range(1, 11) if "Valider" in [cell.value for cell in sheet[row]])
    headers = [cell.value for cell in sheet[top]]
    count = 0
    for row in range(top + 1, sheet.max_row + 1):
        if sheet.cell(row, 1).value is not None:
            sheet.cell(row, headers.index("Valider") + 1).value, count = True, count + 1
    book.save(path)
    return count


def of_google(recorder: Recorder) -> None:
    """The same campaign on the local Sheets server."""
    recorder.run("demo", "demo-eig", record=False)
    recorder.work = recorder.work / "demo-eig"
    workbook = recorder.work / "campagne.xlsx"
    command = [sys.executable, "-m", "tests.sheets_server", "--locale", "fr_FR", "--load", workbook]
    plain = {key: value for key, value in recorder.environment.items() if key not in ("LD_PRELOAD", "GOLDEN_COUNT")}
    environment = {**plain, "LD_PRELOAD": library(), "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, encoding="utf-8")
    try:
        where = json.loads(server.stdout.readline() if server.stdout else "")
        recorder.env = {
            "EIG_SHEETS_API_ENDPOINT": where["url"], "GOOGLE_APPLICATION_CREDENTIALS": where["service_account"],
            "EIG_SHEETS_WORKBOOK": where["spreadsheet_id"],
        }  # fmt: skip
        on_google(recorder, where)
    finally:
        server.terminate()
        server.wait()


def on_google(recorder: Recorder, where: Mapping[str, str]) -> None:
    """Commands on the server, and what its spreadsheet holds."""
    recorder.run("init")
    recorder.run("sync")
    dump(recorder, where, "after sync")
    every_format(recorder, ("json",))
    documents(recorder)
    sending(recorder, lambda: approve_google(where))
    dump(recorder, where, "after sending")
    recorder.run("pull", "--to", "copie.xlsx")
    cells(recorder.work / "copie.xlsx", recorder.folder / "pull.txt")


def dump(recorder: Recorder, where: Mapping[str, str], name: str) -> None:
    """What the spreadsheet holds: values and formulas, then formats, marks and rules."""
    held = asked(f"{where['url']}/_control/spreadsheets/{where['spreadsheet_id']}")
    write(recorder.folder / f"{name}.json", recorder.anonymous(json.dumps(held, indent=1, ensure_ascii=False)))
    whole = asked(f"{where['url']}/v4/spreadsheets/{where['spreadsheet_id']}?includeGridData=true")
    write(recorder.folder / f"{name}, whole.json", recorder.anonymous(json.dumps(whole, indent=1, ensure_ascii=False)))


def approve_google(where: Mapping[str, str]) -> int:
    """Tick each row of the outbox in the browser; how many."""
    spreadsheet = f"{where['url']}/v4/spreadsheets/{where['spreadsheet_id']}"
    held = asked(f"{spreadsheet}/values/E-mails%20%C3%A0%20envoyer")["values"]
    top = next(number for number, row in enumerate(held) if "Valider" in row)
    column = held[top].index("Valider")
    rows = [number for number, row in enumerate(held, 1) if number > top + 1 and row and row[0]]
    tick = {"kind": "set", "tab": "E-mails à envoyer", "value": True}
    edits = [{**tick, "cell": f"{chr(65 + column)}{row}"} for row in rows]
    asked(f"{where['url']}/_control/script", [{"after_call": 1, "edit": edit} for edit in edits])
    asked(spreadsheet)  # the call after which people tick
    return len(rows)


def asked(url: str, body: Any = None) -> Any:
    """What the server answers."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": "Bearer emulator", "Content-Type": "application/json"}
    request = urllib.request.Request(url, data, headers)  # noqa: S310
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        text = answer.read()
    return json.loads(text) if text else None


def main() -> None:
    """The record, in the folder asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where to write; it must not exist")
    record(parser.parse_args().folder)


if __name__ == "__main__":
    main()
