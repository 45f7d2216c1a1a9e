"""Decisions of a Google Sheet, while people type in it, and from two machines: each act is done once."""

import json

import pytest

from tests.demarche_server import faults
from tests.demarche_server.dossiers import INSTRUCTEUR, dossier
from tests.end_to_end.google.support import NUMBERS
from tests.end_to_end.sending import spreadsheet
from tests.features.outcomes.campaign import ANNOUNCED, ENVIRONMENT, mutations, states
from tests.sheets_server.server import running

pytestmark = pytest.mark.slow


@pytest.fixture
def machine(tmp_path, service, monkeypatch):
    """A machine on a Google Sheet whose dossiers are all refused, and the service writes to their applicants."""
    service.service.dossiers.clear()
    service.service.add(*(dossier(int(number), state="en_instruction") for number in NUMBERS))
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    with running(locale="fr_FR") as server:
        machine = spreadsheet.made(server, tmp_path / "campaign", 1)
        config = machine.folder / "config" / "campaign.toml"
        text = config.read_text(encoding="utf-8")
        text = text.replace('templates = "emails"\n', f'templates = "emails"\nannounced = {ANNOUNCED}\n')
        section = f'[demarche]\nnumber = 12345\nhost = "{service.url}"\ninstructeur = "{INSTRUCTEUR["email"]}"\n'
        config.write_text(f"{text}\n{section}[outcomes]\nservice_writes = true\n", encoding="utf-8")
        yield machine


def answered(answer):
    """No fault at all."""
    return faults.Reply(200, {}, json.dumps(answer()).encode())


def test_each_is_pushed_once_and_what_people_change_is_left(machine, service):
    count, last = len(NUMBERS), NUMBERS[-1]

    def meanwhile(answer):
        machine.type_in("Candidatures", last, "Décision", "Lauréat")
        return answered(answer)

    service.faults = [answered, answered, meanwhile]  # two readings, then who decides: five acts follow one reading
    done = machine.run("outcomes", "push", "--confirm", str(count))
    assert done.code == 1, done
    assert states(service) == {int(number): "refuse" for number in NUMBERS[:-1]}
    assert machine.rows("Journal")[0]["Ce qui s’est passé"].startswith("Démarche Numérique")
    other = machine.elsewhere("ailleurs")
    assert other.run("outcomes", "push", "--confirm", "1").code == 0
    assert states(service)[int(last)] == "accepte"
    assert sorted(number for _, number in mutations(service)) == sorted(map(int, NUMBERS))
