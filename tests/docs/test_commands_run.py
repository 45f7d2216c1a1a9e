"""The commands of the blocks of code, page after page, in a campaign where a person would type them.

Left out: what asks a service that is not here, what waits for a person, what lasts until Ctrl-C, what wants the real
day. Tests of their own run these, and `test_commands.py` holds them against the command line.
"""

import shutil

import pytest

from tests.call.applications.files import talents_file, wishes_file
from tests.columns import cell_of
from tests.docs.pages import COMMANDS, PAGES, README, ROOT, in_blocks, in_sentences
from tests.features.modules import modules_of_features
from tests.people_cells import type_in
from tests.program import Campaign, copied_elsewhere, eig

pytestmark = pytest.mark.slow

DAY = "2021-07-01"
"""Decisions are announced, candidates heard, teams being formed."""
OF_FEATURES = modules_of_features("documented")
"""What pages want of features: `DAYS`, `ELSEWHERE`, `LEFT_OUT`, `HERE`, `VALUES`, `ASKED` as below, and `prepare`."""
OTHER_DAYS = {name: day for module in OF_FEATURES for name, day in getattr(module, "DAYS", {}).items()}
"""Those of some pages, and of some groups of commands."""
ELSEWHERE = {"demarche.fr.md", "google.md", "grist.md"}
ELSEWHERE |= {page for module in OF_FEATURES for page in getattr(module, "ELSEWHERE", ())}
"""Pages whose commands ask Démarche Numérique, Google or Grist."""
LEFT_OUT = [
    ("emails", "send"), ("report", "--seance"), ("init", "mon-appel"),
    ("init", "--from", "eig5/config/campaign.toml", "eig6"),
    *(end for module in OF_FEATURES for end in getattr(module, "LEFT_OUT", ())),
]  # fmt: skip
"""Ends of command lines: an SMTP server, Ctrl-C, questions in a terminal, the real day."""
BROWSER = "--open"


@pytest.fixture(scope="module")
def programme(tmp_path_factory):
    """The demonstration on that day, by the command that README.md tells."""
    folder = tmp_path_factory.mktemp("docs") / "demo-eig"
    assert eig("-q", "--today", DAY, "demo", folder).code == 0
    return folder


def commands(page):
    for typed in in_blocks(page):
        words = tuple(word for word in typed.words if word != BROWSER)
        made_once = words == ("demo",) and page != README
        if words and not made_once and not any(words[-len(end) :] == end for end in LEFT_OUT):
            yield words


RUN = {page: found for page in PAGES if page.name not in ELSEWHERE and (found := [*commands(page)])}


STEPS = [typed.words for typed in in_sentences(COMMANDS) if not {"--config", "--today"} & {*typed.words}]
"""What docs/commandes.fr.md says of a campaign, step after step: the options of all commands aside."""
VALUES = {"DOSSIER": "dossier", "E-MAIL": "alix.ventadour@exemple.invalid"}
VALUES |= {word: value for module in OF_FEATURES for word, value in getattr(module, "VALUES", {}).items()}
HERE = {"docs/historique.fr.md": {"12": "1", "40": "2"}}
HERE |= {page: words for module in OF_FEATURES for page, words in getattr(module, "HERE", {}).items()}
"""What stands, in the campaign of these tests, for a folder or the numbers of runs of a page."""
ASKED = [("COMMANDE", "--help"), ("init", "mon-appel"), ("emails", "send")]
ASKED += [words for module in OF_FEATURES for words in getattr(module, "ASKED", ())]


def prepare(campaign):
    """The files that pages name: exports, pages of jurors, the folder of the last call, what features add."""
    folder = campaign.folder
    talents_file(folder)
    wishes_file(folder)
    shutil.copytree(folder / "grilles", folder / "pages-recues")
    shutil.copytree(folder / "config", folder / "eig5" / "config")
    shutil.copy(campaign.workbook, folder / "eig5")
    shutil.copy(campaign.export, folder / "export.csv")
    (folder / "public").mkdir()
    for module in OF_FEATURES:
        if hasattr(module, "prepare"):
            module.prepare(folder)


def test_pages_are_many():
    assert len(RUN) > 10


@pytest.fixture
def campaign(programme, tmp_path, monkeypatch):
    """A copy of it, in whose folder a person is."""
    copy = Campaign(tmp_path / "demo-eig")
    copied_elsewhere(programme, copy.folder)
    prepare(copy)
    monkeypatch.chdir(copy.folder)
    return copy


def run_twice(campaign):
    """Two runs in the history of the copy: each time, a note that changed."""
    for note in (1.25, 3.75):
        type_in(campaign.workbook, "Évaluations", cell_of("evaluations", "pertinence", 9), note)
        assert eig("--today", DAY, "sync").code == 0


@pytest.mark.parametrize("page", RUN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_commands_of_a_page_do_what_they_are_told(page, campaign):
    here = HERE.get(page.relative_to(ROOT).as_posix(), {})
    if any(words[0] == "history" for words in RUN[page]):
        run_twice(campaign)
    for words in RUN[page]:
        done = eig("--today", OTHER_DAYS.get(page.name, DAY), *(here.get(word, word) for word in words))
        assert done.code == 0, (words, done.err)


def test_the_steps_of_a_campaign_are_whole_commands(campaign):
    """None is a wrong use, for want of an option that the sentence does not tell."""
    steps = [words for words in STEPS if words not in ASKED]
    assert len(steps) > 12
    run_twice(campaign)
    for words in steps:
        done = eig("--today", OTHER_DAYS.get(words[0], DAY), *(VALUES.get(word, word) for word in words))
        assert done.code == 0, (words, done.err)
