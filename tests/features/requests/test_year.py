"""A whole year of a call by cells alone: after its installation, nobody runs another command than `requests run`."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from eig_sheets import loading, sample
from eig_sheets.features.requests.actions import known_labels
from eig_sheets.spreadsheet.model.cells import a1
from tests.call.applications.files import ADA, ANSWER, EMMY, talents_file, wishes_file
from tests.call.jury.returned import Mailbox, page, scores
from tests.columns import EIG5, tab_of
from tests.effort import first
from tests.end_to_end.places import Place
from tests.grist_server import ROBOT
from tests.nightly import Table
from tests.program import Outcome, copied_config, eig
from tests.sheets_server import people
from tests.sheets_server.server import running
from tests.spreadsheet import grist_desk, xlsx_desk
from tests.team_call import CRITERIA

OTHERS = ("advice", "auditions", "talents", "teams", "follow_up")
pytestmark = [pytest.mark.slow, *map(pytest.mark.needs, OTHERS)]

SINGLE_OCCASIONS = {"Trancher un envoi incertain"}
"""What no year needs unless a send is cut short (test_sending.py)."""
AUDITIONS = '\n[auditions]\ndays = [{ date = 2021-05-04, from = "09:00", to = "18:00" }]\n'
BOOKING = {
    "Invitee Name": "Claude Roux", "Invitee Email": "claude@exemple.invalid", "Canceled": "false",
    "Start Date & Time": "2021-02-09 02:20 pm", "End Date & Time": "2021-02-09 02:40 pm",
}  # fmt: skip
"""As Calendly exports it."""
ATTENDEE = {
    "Prénom": "Ada", "Nom": "Lovelace", "Email": "ada@x.example", "Date d'inscription": "2021-02-20",
    "A participé": "Oui",
}  # fmt: skip
"""As Livestorm does."""
JURORS = ("anna", "bob", "cleo", "dora", "elie")


@dataclass(frozen=True)
class Year:
    """A call, its officers in the spreadsheet, and the timer."""

    place: Place
    put: Callable[[str, int, Mapping[int, Any]], None]
    jurors_type_here: bool = False
    asked: set[str] = field(default_factory=set)
    known: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """That of the call."""
        return self.place.folder

    def table(self, tab: str) -> Table:
        """A tab, by its headers."""
        found = self.place.book.read().tab(tab)
        assert found is not None, tab
        return Table(found)

    def type_in(self, tab: str, row: int, cells: Mapping[str, Any]) -> None:
        """Type cells of a row, by their headers."""
        headers = self.known.setdefault(tab, {})
        if not headers:
            headers.update(self.table(tab).headers)
        self.put(tab, row, {headers[header]: value for header, value in cells.items()})

    def command(self, day: str, *command: str) -> Outcome:
        """What a machine runs on a day; '' is the day that it is, on which alone e-mails are sent."""
        common = ("--config", self.place.config, "--workbook", self.place.location, *(("--today", day) if day else ()))
        done = eig(*common, *command, env={"EIG_SHEETS_STATE": str(self.folder / "state"), **self.place.env})
        assert done.code == 0, done
        return done

    def ask(self, day: str, action: str, detail: str = "") -> str:
        """Ask for an action, let the timer pass, confirm what is shown, let it pass again; the answer."""
        self.asked.add(action)
        free = next(row for row in self.table("Demandes").rows if not row["Action"])
        self.type_in("Demandes", free["row"], {"Détail": detail or None, "Demandé par": "Ada", "Action": action})
        self.command(day, "requests", "run")
        answer = self.answer(free["row"])
        if answer.startswith("À confirmer"):
            self.type_in("Demandes", free["row"], {"Confirmer": True})
            self.command(day, "requests", "run")
            answer = self.answer(free["row"])
        assert answer.startswith("Faite le "), (action, answer)
        return answer

    def answer(self, row: int) -> str:
        """What is beside a request."""
        return str(self.table("Demandes").row(row)["Réponse"]).replace("\u202f", " ")

    def drop(self, path: Path) -> None:
        """Put an export, alone, in the folder of exports."""
        folder = self.folder / "exports"
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        (folder / path.name).write_bytes(path.read_bytes())


def written(path: Path, row: Mapping[str, str]) -> Path:
    """An export of one row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([row.keys(), row.values()])
    return path


@contextmanager
def on(kind: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[Year]:
    """A call as it is installed, on that kind of workbook."""
    copied_config(folder / "config")
    if kind == "xlsx":
        path = folder / "campagne.xlsx"
        place = Place(folder, str(path), {})

        def typed(tab: str, row: int, cells: Mapping[int, Any]) -> None:
            for column, value in cells.items():
                xlsx_desk.edit(path, "set", tab=tab, cell=a1(row, column), value=value)

        yield Year(place, typed)
        return
    if kind == "grist":
        server = request.getfixturevalue("grist")
        document = server.new_document()
        place = Place(folder, f"{server.url}/{document}", {"EIG_SHEETS_GRIST_KEY": server.keys[ROBOT]})
        yield Year(place, partial(grist_desk.put, server, document), jurors_type_here=True)
        return
    with running() as server:
        env = {"EIG_SHEETS_API_ENDPOINT": server.url, "GOOGLE_APPLICATION_CREDENTIALS": server.service_account}

        def put(tab: str, row: int, cells: Mapping[int, Any]) -> None:
            for column, value in cells.items():
                edit = {"kind": "set", "tab": tab, "cell": a1(row, column), "value": "" if value is None else value}
                server.world.keep(people.edited(server.world.books[server.spreadsheet_id], edit))

        yield Year(Place(folder, server.spreadsheet_id, env), put)


@pytest.mark.parametrize("kind", first(1, ["xlsx", "google", "grist"]))
def test_nothing_of_a_year_needs_another_command(kind, tmp_path, post, monkeypatch, request):
    monkeypatch.setattr("time.sleep", lambda _: None)
    with on(kind, tmp_path / "appel", request) as year:
        config = year.place.config
        text = config.read_text("utf-8").partition("\n[smtp]")[0]
        smtp = f'{AUDITIONS}\n[smtp]\nhost = "127.0.0.1"\nport = {post.port}\nsecurity = "aucune"\n'
        config.write_text(text + smtp, encoding="utf-8")
        year.command("2021-02-01", "init")
        applications_come(year, tmp_path)
        projects = the_jury_reads(year)
        laureates = decisions(year, projects, post)
        candidates(year, tmp_path, laureates)
        unused = SINGLE_OCCASIONS | ({"Relever les grilles"} if year.jurors_type_here else set())
        assert year.asked == {*known_labels(loading.load(config)).values()} - unused


def applications_come(year, tmp_path):
    """Advice, then dossiers: an export too early is taken back."""
    assert "créneaux libres ajoutés" in year.ask("2021-02-05", "Créneaux libres", "08/02/2021 19/02/2021")
    year.drop(written(tmp_path / "rendez-vous.csv", BOOKING))
    assert "1 créneau réservé ajouté" in year.ask("2021-02-08", "Reprendre les rendez-vous")
    year.drop(written(tmp_path / "inscrits.csv", ATTENDEE))
    assert "1 inscription ajoutée" in year.ask("2021-03-05", "Reprendre les inscriptions", "inscrits.csv : 2021-03-02")
    year.drop(sample.write_export(tmp_path))
    year.ask("2021-04-01", "Importer")
    year.ask("2021-04-01", "Défaire l’import")
    year.ask("2021-04-08", "Importer")  # on Google Sheets, an undone import names the rows that people delete
    assert len(year.table("Candidatures").rows) > 3


def the_jury_reads(year):
    """Who reads what, on which grid, and what they say; the ranking explained. The numbers of the dossiers."""
    for row, name in enumerate(JURORS, year.table("Jury").top + 1):
        year.type_in("Jury", row, {"Nom": name.title(), "E-mail": f"{name}@jury.example", "Groupe": "A"})
    year.ask("2021-04-12", "Synchroniser")
    year.ask("2021-04-12", "Affectations des jurés")
    said = year.ask("2021-04-13", "Grilles des jurés")
    if year.jurors_type_here:
        assert "Les jurés notent dans ce document" in said
        for row in [line["row"] for line in year.table("Évaluations").rows]:
            year.type_in("Évaluations", row, {criterion.label: 3.0 for criterion in EIG5.criteria})
    else:
        assert f"{len(JURORS)} grilles" in said
        grids_come_back(year)
    numbers = [str(row["N° de dossier"]) for row in year.table("Classement").rows]
    assert "Note /20 de" in year.ask("2021-05-03", "Expliquer un dossier", numbers[0])
    year.ask("2021-05-03", "Rapport du jury")
    year.ask("2021-05-03", "Sélection")
    year.ask("2021-05-03", "Planning des auditions")
    return numbers


def grids_come_back(year):
    """What each juror wrote on the grid that they got, taken up."""
    read = [(str(row["E-mail du juré"]), str(row["N° de dossier"])) for row in year.table("Affectations").rows]
    for place, juror in enumerate({juror: None for juror, _ in read}):
        said = {number: scores(1 + (int(number) + place) % 4) for reader, number in read if reader == juror}
        Mailbox(year.folder / "demandes" / "grilles").put(f"rendue-{place}.xlsx", page(juror, said))
    assert "réponses nouvelles reprises" in year.ask("2021-05-02", "Relever les grilles")


def decisions(year, numbers, post):
    """What the jury decides, its minutes, the table of finance, messages sent; two laureates."""
    for number, decision in zip(numbers, ["Lauréat", "Lauréat", *["Non retenu"] * len(numbers)], strict=False):
        cells = year.table("Candidatures")
        row = next(line["row"] for line in cells.rows if str(line["N° de dossier"]) == number)
        year.type_in("Candidatures", row, {"Décision": decision, "Motif de la décision": "Décidé en séance."})
    year.ask("2021-05-06", "Procès-verbal")
    year.ask("2021-05-07", "Tableau de co-financement")
    year.ask("", "Préparer les brouillons")
    for row in [line["row"] for line in year.table("E-mails à envoyer").rows]:
        year.type_in("E-mails à envoyer", row, {"Valider": True})
    assert "envoyé" in year.ask("", "Envoyer ce qui est validé")
    assert post.received
    assert "archivée" in year.ask("2021-05-11", "Ranger les brouillons obsolètes")
    return numbers[:2]


def candidates(year, tmp_path, laureates):
    """Candidates, their jury, their choices, the teams, and the ten months."""
    ours = [{**one, "metier": metier} for one, metier in ((ADA, "Data scientist"), (EMMY, "Développeur"))]
    year.drop(talents_file(tmp_path, *ours))
    assert "2 candidatures ajoutées" in year.ask("2021-05-12", "Importer")
    for line in [*year.table("Talents").rows]:
        year.type_in("Talents", line["row"], {"Statut": "Présélectionné"})
    year.drop(wishes_file(tmp_path, {**ANSWER, "voeu_1": laureates[0]}))
    assert "1 réponse ajoutée" in year.ask("2021-05-29", "Importer")
    year.ask("2021-05-30", "Affectations des candidats")
    assert "grilles" in year.ask("2021-05-31", "Grilles des candidats")
    assert any((year.folder / "demandes" / "grilles-candidats").glob("*.xlsx"))  # a juror of both juries has two
    year.ask("2021-06-08", "Relever les grilles des candidats")
    year.ask("2021-06-08", "Expliquer une candidature", "5001")
    tab = tab_of("evaluations_talents")
    heard = {tab.field(name).header: 3.0 for name in CRITERIA}
    known = {"N° de candidature": "5001", "E-mail du juré": "anna@jury.example", "N° de dossier": laureates[0]}
    year.type_in(tab.name, year.table(tab.name).top + 1, known | heard)
    year.ask("2021-06-20", "Équipes")
    year.ask("2021-09-15", "Synchroniser")  # as a night does: it makes the tab of the phase that opens
    year.ask("2021-09-15", "Jalons du suivi")
