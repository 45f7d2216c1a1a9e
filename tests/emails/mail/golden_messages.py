"""Every message of the programme as it arrives: `golden/` holds its text, its page and, for some, its .ics and .eml.

`python -m tests.emails.mail.golden_messages` writes them again;
`python scripts/email_pictures.py FOLDER` makes pictures of the pages, to be
looked at before they are committed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from eig_sheets.emails.drafting.drafts import Draft
from eig_sheets.emails.mail.addresses import addresses
from eig_sheets.emails.mail.bodies import page, text
from eig_sheets.emails.mail.invitations import invitation
from eig_sheets.emails.mail.messages import AttachedFile, Event, Message, OutgoingEmail, Sender
from eig_sheets.emails.mail.mime import message
from tests.emails.examples import EXAMPLES
from tests.emails.mail import fictional
from tests.messages import CATALOGUE, expected_folder

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
PARIS = ZoneInfo("Europe/Paris")
MOMENT = datetime(2021, 4, 20, 12, 0, tzinfo=UTC)
SENDER = Sender("eig@example.org", "Entrepreneurs d’intérêt général", "reponses@example.org", "eig@example.org")
EVENT = Event(
    "convocation_jury-90001@example.org",
    datetime(2021, 5, 4, 9, 30),
    datetime(2021, 5, 4, 10, 10),
    "Audition\u202f: «\u202fBoussole des aides\u202f»",
    "20, avenue de Ségur, Paris",
    "Jury du programme Entrepreneurs d’intérêt général.\nDossier n°\u202f90001.",
)
DIFFICULT = OutgoingEmail(
    "difficile",
    ("Durand, Camille <camille.durand@example.org>", "contact@évêché.example.org"),
    ("Lou «\u202fBernard\u202f» <lou.bernard@example.org>",),
    "Aides\u202f: =?utf-8?q?x?= <b>, à l’été\u202f? «\u202fUn long nom pour plier l’objet sur plusieurs lignes\u202f»",
    (HERE / "difficult.md").read_text(encoding="utf-8"),
)


def expected(path: Path) -> OutgoingEmail:
    """A message of `expected/` as a letter."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    said = dict(line.split(" : ", 1) for line in head.splitlines())
    copies = tuple(said["Copie"].split(" ; ")) if "Copie" in said else ()
    return OutgoingEmail(path.stem, tuple(said["À"].split(" ; ")), copies, said["Objet"], body)


def invitations() -> dict[str, OutgoingEmail]:
    """The same appointment put in, moved and taken off."""
    letter = replace(expected(HERE / "expected" / "convocation_jury.txt"), event=EVENT)
    day = timedelta(days=1)
    moved = replace(EVENT, starts=EVENT.starts + day, ends=EVENT.ends + day, place="En ligne", sequence=1)
    return {
        "convocation_jury": letter,
        "convocation_deplacee": replace(letter, id="convocation_jury-90001-2", event=moved),
        "convocation_annulee": _cancelled(moved),
    }


def _cancelled(event: Event) -> OutgoingEmail:
    sent = fictional.message("annulation", rendez_vous=event.title, debut=event.starts)
    assert isinstance(sent, Message)
    last = replace(event, sequence=event.sequence + 1, cancelled=True)
    return OutgoingEmail("annulation-90001", sent.to, sent.cc, sent.subject, sent.body, last)


def with_a_file() -> OutgoingEmail:
    """The invitation of a juror whose grille is a file: it goes with the message."""
    sent = fictional.message("invitation_jury", lien_grille=None)
    assert isinstance(sent, Message)
    file = AttachedFile(sent.to[0], "grille-dominique-martin.xlsx", "")
    return OutgoingEmail("invitation_jury-fichier", sent.to, sent.cc, sent.subject, sent.body, file=file)


def drafted() -> dict[str, Draft]:
    """The other messages that bring an appointment, as they are drafted from the rows of their examples."""
    brought = [email.id for email in CATALOGUE.values() if email.appointment and email.id in EXAMPLES]
    return {template: EXAMPLES[template].draft(template) for template in brought if template not in invitations()}


def golden() -> dict[Path, bytes]:
    """Each file of the folders of `folders()` and what it must hold."""
    return {_folder_of(name.partition(".")[0]) / name: data for name, data in _files().items()}


def folders() -> list[Path]:
    """That of the call's messages, then those of features'."""
    return [*dict.fromkeys((GOLDEN, *map(_folder_of, CATALOGUE)))]


def _folder_of(name: str) -> Path:
    return expected_folder(name) / GOLDEN.name


def _files() -> dict[str, bytes]:
    paths = [fictional.path_of(name, fictional.EXPECTED) for name in fictional.written(fictional.EXPECTED)]
    messages = {path.stem: expected(path) for path in paths}
    files: dict[str, bytes] = {}
    for name, letter in (messages | {"difficile": DIFFICULT}).items():
        files[f"{name}.txt"] = text(letter.body).encode()
        files[f"{name}.html"] = page(letter.body, letter.subject).encode()
    author, *_ = addresses(f"{SENDER.name} <{SENDER.address}>")
    invited = {name: (letter.event, letter.to, letter.cc) for name, letter in invitations().items()}
    invited |= {name: (draft.event, draft.outcome.to, draft.outcome.cc) for name, draft in drafted().items()}
    for name, (event, *people) in invited.items():
        to, cc = (addresses("\n".join(some)) for some in people)
        files[f"{name}.ics"] = invitation(event, author, to, PARIS, MOMENT, cc)
    for name, letter in {"laureat": messages["laureat"], "difficile": DIFFICULT, **invitations()}.items():
        files[f"{name}.eml"] = message(letter, SENDER, PARIS, MOMENT).as_bytes()
    letter = with_a_file()
    files["invitation_jury_fichier.txt"] = text(letter.body).encode()
    files["invitation_jury_fichier.eml"] = message(letter, SENDER, PARIS, MOMENT, b"une grille").as_bytes()
    return files


if __name__ == "__main__":
    made = golden()
    for folder in folders():
        for path in folder.iterdir():
            path.unlink()
    for path, data in made.items():
        path.write_bytes(data)
