"""A campaign whose team decided, and the service in which its dossiers are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from eig_sheets.emails.catalogue.deliveries import Delivery, Stage
from eig_sheets.features.outcomes.files_ledger import OutcomeLedger
from tests.demarche_server import dossiers
from tests.demarche_server.dossiers import INSTRUCTEUR
from tests.demarche_server.server import TOKEN, Server
from tests.end_to_end.sending.campaign import Team, made
from tests.program import Outcome

ANNOUNCED = "2021-05-06"
NUMBERS = SELECTED, REFUSED, REJECTED, WITHDRAWN, WAITING, UNDECIDED, SILENT = [*range(4512000, 4512007)]
"""What is decided of each dossier; SILENT: not selected, and nobody wrote what may be told."""
INTERNAL = ("Le motif de la décision", "Un commentaire de l’équipe")
_TYPED: Mapping[int, Mapping[str, Any]] = {
    SELECTED: {"decision": "Lauréat", "retour": "Bravo.", "decide_par": "Jury", "decide_le": datetime(2021, 5, 5)},
    REFUSED: {"decision": "Non retenu", "retour": "Le besoin reste à préciser.\nÀ l’an prochain."},
    REJECTED: {"preselection": "Écarté – inéligible", "retour": "Déposé hors délai."},
    WITHDRAWN: {"decision": "Désisté", "retour": "Vous avez retiré votre candidature."},
    WAITING: {"decision": "Liste d’attente", "retour": "Vous êtes deuxième."},
    UNDECIDED: {},
    SILENT: {"decision": "Non retenu"},
}
PUSHED = {SELECTED: "accepte", REFUSED: "refuse", REJECTED: "refuse", WITHDRAWN: "sans_suite"}
"""What a whole push makes of the dossiers."""
ANNOUNCEMENTS = {
    SELECTED: "laureat", REFUSED: "non_retenu", REJECTED: "ineligible", WAITING: "liste_attente",
    SILENT: "non_retenu",
}  # fmt: skip


def typed(number: int) -> dict[str, Any]:
    """The row of a dossier, by field."""
    place = number - NUMBERS[0]
    reason, comment = INTERNAL
    return {
        "numero": str(number), "projet": f"Projet {place}", "porteur_projet": f"Porteur {place}",
        "email_porteur": f"porteur{place}@example.org", "motif": reason, "commentaire": comment, **_TYPED[number],
    }  # fmt: skip


def decided(folder: Path) -> Decided:
    """The campaign, initialised and synchronised."""
    announced = f'templates = "emails"\nannounced = {ANNOUNCED}\n'
    team = made(folder, map(typed, NUMBERS), {'templates = "emails"\n': announced})
    return Decided(team.folder)


@dataclass(frozen=True)
class Decided(Team):
    """A campaign whose team decided."""

    @property
    def acts(self) -> OutcomeLedger:
        """The ledger of this machine."""
        return OutcomeLedger(self.folder / ".eig-sheets", str(self.workbook))

    def connect(self, server: Server, *lines: str) -> None:
        """Tell the configuration which service to ask; `lines`: what follows `[demarche]`."""
        text = self.config.read_text(encoding="utf-8").partition("\n[demarche]")[0]
        section = f'\n[demarche]\nnumber = 12345\nhost = "{server.url}"\ninstructeur = "{INSTRUCTEUR["email"]}"\n'
        self.config.write_text(text + section + "".join(f"{line}\n" for line in lines), encoding="utf-8")

    def tell(self, *numbers: int) -> None:
        """Have our own e-mails about these dossiers be « Envoyé »."""
        moment = datetime(2021, 5, 7, 9)
        self.ledger.record_outcomes(
            *(
                Delivery(f"{ANNOUNCEMENTS[one]}-{one}", ANNOUNCEMENTS[one], str(one), "smtp", Stage.SENT, "", moment)
                for one in numbers
            )
        )

    def outcomes(self, *arguments: str | Path, day: str = "") -> Outcome:
        """A command on outcomes, as JSON; `day`: another one than today."""
        today = ("--today", day) if day else ()
        return self.run(*today, "outcomes", *arguments, "--format", "json", env=ENVIRONMENT)

    def push(self, count: int, *options: str) -> Outcome:
        """Push so many outcomes."""
        return self.outcomes("push", "--confirm", str(count), *options)


ENVIRONMENT = {"EIG_SHEETS_DEMARCHE_TOKEN": TOKEN}


def received(server: Server, state: str = "en_instruction") -> None:
    """Have the dossiers of the campaign be in the service."""
    server.service.add(*(dossiers.dossier(number, state=state) for number in NUMBERS))


def states(server: Server) -> dict[int, str]:
    """The dossiers that were decided in the service."""
    found = {number: one["state"] for number, one in server.service.dossiers.items()}
    return {number: state for number, state in found.items() if state != "en_instruction"}


def mutations(server: Server) -> list[tuple[str, int]]:
    """The acts that were asked for, and on which dossier."""
    ids = {one["id"]: number for number, one in server.service.dossiers.items()}
    bodies = [one.body for one in server.asked if one.method == "POST"]
    return [
        (body["operationName"], ids[body["variables"]["input"]["dossierId"]])
        for body in bodies
        if body["operationName"].startswith("dossier")
    ]


def by_dossier(done: Outcome) -> dict[int, tuple[str | None, str, list[str]]]:
    """The act, the status and the codes of each dossier that a command printed."""
    return {int(one["dossier"]): (one["act"], one["status"], one["codes"]) for one in done.records}
