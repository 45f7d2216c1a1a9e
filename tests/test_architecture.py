"""Dependencies point inward, and the pure parts are pure: read from the source of every module."""

import ast
import graphlib
import re
from pathlib import Path

import pytest

from eig_sheets.installed import FEATURES
from eig_sheets.workbook.fields import Choices
from eig_sheets.workbook.schema import OPTIONAL_TABS, build
from tests.architecture import CHANCE, CLOCK, FILES, NETWORK, SURROUNDINGS, prints, read, reads, standard

pytestmark = pytest.mark.newest

ROOT_FOLDER = Path(__file__).parents[1]
PACKAGE = ROOT_FOLDER / "eig_sheets"
EVERYTHING = frozenset({CLOCK, FILES, NETWORK, SURROUNDINGS, CHANCE})


ORDER = (
    "text",
    "registry",
    "personal_data",
    "integer_program",
    "domain",
    "emails.catalogue",
    "spreadsheet.model",
    "storage",
    "spreadsheet",
    "config_file",
    "config",
    "documents",
    "workbook",
    "campaign",
    "call.applications",
    "call.scoring",
    "call.cofinancing",
    "call.selection",
    "call.jury",
    "call.results",
    "call.rules",
    "call.report",
    "emails",
    "run",
    "installed",
    "loading",
    "sample",
    "cli",
    "commands of the call",
    "features",
    "__main__",
)
"""Folders and modules, lowest first: each imports what stands before it alone, so that nothing runs back.

Modules of `call/`, `run/`, `sample/` and `cli/emails/` that are commands stand above `cli/`. `installed` imports the
records of features, and `loading` with it: their parts come by `registry`.
"""
ONLY = {
    "text": (),
    "integer_program": ("text",),
    "registry": (),
    "domain": ("text",),
    "emails.catalogue": ("text", "registry", "domain"),
    "spreadsheet.model": ("text",),
    "storage": ("text", "registry", "domain", "emails.catalogue"),
    "spreadsheet": ("text", "storage", "spreadsheet.model"),
    "config_file": ("text", "storage"),
    "config": ("text", "registry", "domain", "emails.catalogue", "storage", "spreadsheet", "config_file"),
    "documents": ("text", "storage", "spreadsheet.model"),
    "workbook": ("text", "domain", "emails.catalogue", "storage", "spreadsheet.model"),
}
"""What the lowest folders import, where that is less than all that stands before them."""
RULES = "domain", "config", "registry", "text", "integer_program", "emails.catalogue"
"""What modules of rules and of settings import besides one another: they know no tab and no cell."""
CELLS = ("spreadsheet.model", "spreadsheet.forms", "spreadsheet.locations")
"""What others than edges import of `spreadsheet/`: no kind of workbook."""
EDGES = re.compile(r"(commands|files|processes|services|google|grist|xlsx)\w*")
"""Names of modules that know a kind of workbook, or touch what is outside the program; `commands`, the terminal."""
LIBRARIES = {
    "text": (),
    "integer_program": ("highspy", "numpy"),
    "domain": ("holidays", "numpy", "pandas", "pydantic", "pydantic_core"),
    "emails.catalogue": ("pandas",),
    "spreadsheet.model": (),
    "spreadsheet": (
        "google", "gspread", "pydantic", "python_calamine", "requests", "urllib3", "xlsxwriter",
    ),
    "storage": ("filelock", "pydantic"),
    "config": ("pydantic",),
    "documents": ("docx",),
    "workbook": ("numpy", "pandas"),
    "campaign": ("numpy", "pandas"),
    "call.applications": ("numpy", "pandas", "python_calamine", "rapidfuzz", "requests"),
    "call.scoring": ("numpy", "pandas"),
    "call.cofinancing": ("numpy", "pandas"),
    "call.selection": ("numpy", "pandas"),
    "call.jury": ("numpy", "pandas", "xlsxwriter"),
    "call.rules": ("pandas",),
    "call.report": ("jinja2", "markupsafe", "numpy", "pandas"),
    "emails": (
        "email_validator", "google", "icalendar", "jinja2", "markdown_it", "nh3", "numpy", "pandas", "requests",
    ),
    "run": ("pandas",),
    "cli": ("click", "filelock", "rich"),
    "commands of the call": ("click", "numpy", "pandas", "rich"),
    "features": ("click", "filelock", "numpy", "pandas", "pydantic", "requests", "rich"),
}  # fmt: skip
"""The libraries that a folder imports; those of one feature are in its record."""
EVERYTHING = frozenset({CLOCK, FILES, NETWORK, SURROUNDINGS, CHANCE})
TOUCHES = {
    "eig_sheets.call.applications.demarche": frozenset({CLOCK, FILES, NETWORK}),
    "eig_sheets.call.applications.importing.reading": frozenset({FILES}),
    "eig_sheets.call.report.html": frozenset({FILES}),  # its style sheet and its script
    "eig_sheets.cli": EVERYTHING,
    "eig_sheets.config": frozenset({FILES}),
    "eig_sheets.config_file": frozenset({FILES}),
    "eig_sheets.documents.checksum": frozenset({FILES}),  # archives, in memory
    "eig_sheets.documents.files": frozenset({FILES}),
    "eig_sheets.emails.mail.templates": frozenset({FILES}),
    "eig_sheets.emails.outlets": frozenset({FILES, NETWORK, CLOCK}),
    "eig_sheets.loading": frozenset({FILES}),
    "eig_sheets.sample": frozenset({FILES}),
    "eig_sheets.spreadsheet": EVERYTHING,
    "eig_sheets.spreadsheet.memory": frozenset(),
    "eig_sheets.spreadsheet.model": frozenset(),
    "eig_sheets.storage": EVERYTHING,
}
"""What of the world outside a module touches, by the longest of these that begins its name; edges touch all of it."""
ROOT = "eig_sheets"  # holds __version__ alone


def sources():
    """Every module's name, source, and whether it is a package."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = [ROOT, *path.relative_to(PACKAGE).with_suffix("").parts]
        is_package = parts[-1] == "__init__"
        found[".".join(parts[:-1] if is_package else parts)] = (path.read_text(encoding="utf-8"), is_package)
    return found


MODULES = sources()


FEATURE = re.compile(r"eig_sheets\.features\.(?P<id>\w+)(?:\.(?P<module>\w+))?")
OF_RULES = re.compile(
    r"eig_sheets\.(?:(?:call|features)\.\w+\.(?:rules|settings)"
    r"|call\.(?:scoring\.(?:calibration|sensitivity)|jury\.assignment)\b)"
)


def folder_of(module):
    """The entry of ORDER that a module is of; None: there is none."""
    name = module.removeprefix(f"{ROOT}.")
    top = name.partition(".")[0]
    if name.startswith("cli.emails") or (top in ("call", "run", "sample") and is_named(module, "commands")):
        return "commands of the call"
    while name:
        if name in ORDER:
            return name
        name = name.rpartition(".")[0]
    return None


def is_named(module, beginning):
    """Whether the name of a module itself begins so."""
    return re.match(beginning, module.rpartition(".")[2]) is not None


def is_edge(module):
    """Whether a module of `call/`, of `run/` or of a feature touches what is outside the program, by its name."""
    return module.startswith(f"{ROOT}.") and EDGES.fullmatch(module.rpartition(".")[2]) is not None


def touched_by(module):
    """What of the world outside a module may touch."""
    if is_edge(module) and not module.startswith(f"{ROOT}.spreadsheet"):
        return EVERYTHING
    if re.match(r"eig_sheets\.features\.\w+\.sample", module):
        return frozenset({FILES})
    names = [name for name in TOUCHES if module == name or module.startswith(f"{name}.")]
    return TOUCHES[max(names, key=len)] if names else frozenset()


def module_named(name):
    """The module that an imported name is or comes from: eig_sheets.text.french.plural → eig_sheets.text.french."""
    if name == f"{ROOT}.__version__":
        return ROOT
    while name not in MODULES and name.count(".") > 1:
        name = name.rpartition(".")[0]
    return name


def faults(module, source, *, is_package=False):
    """What a module's source does that its folder or its name does not allow, one sentence each."""
    if folder_of(module) is None:
        return [] if module in (ROOT, f"{ROOT}.call") else [f"{module} is in no folder of ORDER: add it"]
    reading = read(source, module, is_package=is_package)
    found = [fault for name, line in reading.imports if (fault := import_fault(module, name, line))]
    found += [
        f"line {line}: {shown} touches {effect}, which « {module} » may not"
        for effect, shown, line in reading.touches
        if effect not in touched_by(module)
    ]
    return found


def feature_fault(module, target):
    """Why a module of a feature may not import one of another: it has to say that it needs it."""
    own, other = FEATURE.match(module), FEATURE.match(target)
    if own is None or other is None or own["id"] == other["id"]:
        return ""
    feature = feature_of(module)
    return "" if other["id"] in feature.needs else f"{target} is of a feature that « {own['id']} » does not need"


def feature_of(module):
    """The feature whose module it is; None: that of no feature."""
    part = FEATURE.match(module)
    return next((feature for feature in FEATURES if part and feature.id == part["id"]), None)


OF_A_FEATURE = re.compile(r"(?:eig_sheets|tests)\.features\.(\w+)")
SKIPPED_WITHOUT = re.compile(r'importorskip\("eig_sheets\.features\.(\w+)"')
RUN_ONCE = ROOT_FOLDER / "tests" / "kept" / "make.py"


def features_of_others(path):
    """Features that a test or a script imports, and neither is of, nor needs, nor is skipped without."""
    source = path.read_text(encoding="utf-8")
    if "features." not in source:
        return set()
    imported = {match[1] for name, _ in read(source, path.stem).imports if (match := OF_A_FEATURE.match(name))}
    homes = "tests/features/{}", "scripts/{}", "scripts/bench_{}.py"
    own = [one for one in FEATURES if any(path.is_relative_to(ROOT_FOLDER / home.format(one.id)) for home in homes)]
    known = {one.id for one in own} | {needed for one in own for needed in one.needs}
    return imported & {one.id for one in FEATURES} - known - {*SKIPPED_WITHOUT.findall(source)}


def import_fault(module, name, line):
    """Why a module may not import that name; empty: it may."""
    if name.partition(".")[0] != ROOT:
        feature = feature_of(module)
        libraries = (*LIBRARIES.get(folder_of(module), ()), *(feature.libraries if feature else ()))
        allowed = standard(name) or name.partition(".")[0] in libraries
        return "" if allowed else f"line {line}: « {folder_of(module)} » may not import {name} (see LIBRARIES)"
    target = module_named(name)
    if fault := feature_fault(module, target):
        return f"line {line}: {fault}"
    return "" if target == ROOT or may_import(module, target) else f"line {line}: {name} is in « {folder_of(target)} »"


def may_import(module, target):
    """Whether a module may import another one: what stands before it, and of that what its name allows."""
    own, other = folder_of(module), folder_of(target)
    if other is None:
        return False
    if own == other:
        return not OF_RULES.match(module) or own == "features" or OF_RULES.match(target) is not None
    if OF_RULES.match(module):
        return other in RULES or OF_RULES.match(target) is not None
    if own == "installed":
        return (FEATURE.match(target) is not None and FEATURE.match(target)["module"] is None) or is_before(other, own)
    if (
        other == "spreadsheet"
        and ORDER.index("workbook") <= ORDER.index(own) < ORDER.index("cli")
        and not is_edge(module)
    ):
        return target.startswith(tuple(f"{ROOT}.{cell}" for cell in CELLS)) or module in OF_FILES
    return is_before(other, own) and (own not in ONLY or other in ONLY[own])


def is_before(other, own):
    """Whether a folder stands before another one."""
    return ORDER.index(other) < ORDER.index(own)


OF_FILES = {
    "eig_sheets.call.applications.importing.reading": "an export, as its platform wrote it",
    "eig_sheets.call.applications.demarche.client": "waits as the backends do",
    "eig_sheets.call.applications.demarche.attachments": "waits as the backends do",
    "eig_sheets.call.cofinancing.finance.table": "the table of the finance department is a new workbook",
    "eig_sheets.call.jury.pages.xlsx_form": "a page is a new workbook",
}
"""Modules that know a kind of workbook, and why."""


def in_modules(found, without=()):
    """What a check finds in each module, where it finds something."""
    checked = {module: found(module) for module in MODULES if module not in without}
    assert len(checked) > 300
    return {module: what for module, what in checked.items() if what}


@pytest.mark.slow
def test_a_module_imports_and_touches_only_what_its_folder_and_its_name_allow():
    assert in_modules(lambda module: faults(module, MODULES[module][0], is_package=MODULES[module][1])) == {}


@pytest.mark.slow
def test_a_test_imports_no_feature_but_its_own():
    """So that what is left can be tested when one is deleted."""
    paths = [*(ROOT_FOLDER / "tests").rglob("*.py"), *(ROOT_FOLDER / "scripts").rglob("*.py")]
    assert len(paths) > 300
    found = {path.relative_to(ROOT_FOLDER).as_posix(): features_of_others(path) for path in paths if path != RUN_ONCE}
    assert {name: others for name, others in found.items() if others} == {}


def test_no_module_imports_itself_through_others():
    graph = {
        module: {module_named(name) for name, _ in read(source, module, is_package=package).imports} - {module}
        for module, (source, package) in MODULES.items()
    }
    graphlib.TopologicalSorter(graph).prepare()


def test_a_backend_holds_no_word_of_the_schema():
    schema = build([("a", "Pertinence")], (1, 4), Choices(), OPTIONAL_TABS)
    words = {tab.name for tab in schema.tabs} | set(schema.robot_tabs.values())
    words |= {column.header for tab in schema.tabs for column in (*tab.fields, *tab.robot_fields)}
    words -= {"Id", "Type"}  # also attributes in the files of a workbook
    backends = [source for module, (source, _) in MODULES.items() if folder_of(module) == "spreadsheet"]
    assert backends
    assert "E-mail du juré" in words
    for source in backends:
        if any(word in source for word in words):
            texts = {node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)}
            assert words & texts == set()


OPENED_BY_THEMSELVES = {
    "eig_sheets.storage.regular_files": "what all others use",
    "eig_sheets.storage.permissions": "folders, new files, and files whose mode changes: without waiting for a pipe",
    "eig_sheets.storage.file_lock": "a lock, for reading and writing: that waits for no pipe",
    "eig_sheets.spreadsheet.memory.tabs": "no files",
}


@pytest.mark.slow
def test_files_are_read_by_regular_files_alone():
    """A pipe would be waited for without end, and a device would fill the memory."""
    assert in_modules(lambda module: reads(MODULES[module][0]), OPENED_BY_THEMSELVES) == {}


def test_one_module_alone_prints():
    """It shows the controls that somebody typed in a cell, where a terminal would obey them."""
    assert in_modules(lambda module: prints(MODULES[module][0]), {"eig_sheets.cli.terminal"}) == {}


def takes_both(source):
    """Functions whose parameters, and classes whose fields, speak of a Reading and of a Campaign."""
    if not ("Reading" in source and "Campaign" in source):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            arguments = node.args
            annotated = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
        elif isinstance(node, ast.ClassDef):
            annotated = [one for one in node.body if isinstance(one, ast.AnnAssign)]
        else:
            continue
        if {"Reading", "Campaign"} <= {name for one in annotated for name in names_in(one.annotation)}:
            yield node.name


def names_in(annotation):
    """Every name in an annotation, `config.Campaign` and `Callable[[Reading], int]` included."""
    for node in ast.walk(annotation) if annotation else ():
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield name
            case ast.Constant(value=str(text)):
                yield from re.findall(r"\w+", text)


def test_a_reading_alone_carries_the_campaign():
    """It has the settings that officers typed in the workbook: a campaign beside it could be without them.

    A reading itself also keeps the campaign as it was configured, and the reading of the other workbook.
    """
    found = {module: [*takes_both(source)] for module, (source, _) in MODULES.items()}
    assert {module: names for module, names in found.items() if names} == {"eig_sheets.campaign.reading": ["Reading"]}


# ---- The test tested: each of these sources must be refused in the given module, for the given reason.

OUTWARD = [
    ("domain.frames", "from eig_sheets.spreadsheet.model.cells import a1", "« spreadsheet.model »"),
    ("domain.frames", "import eig_sheets.workbook.schema", "« workbook »"),
    ("domain.frames", "from ..workbook import schema", "« workbook »"),
    ("domain.frames", "from .. import config", "« config »"),
    ("domain.frames", "def late():\n    from eig_sheets import config", "« config »"),
    ("config.load", "import eig_sheets.workbook.schema", "« workbook »"),
    ("text.french", "from eig_sheets.domain.rules import Rules", "« domain »"),
    ("workbook.schema", "from eig_sheets.config import Campaign", "« config »"),
    ("workbook.journal", "from eig_sheets.spreadsheet.xlsx import read", "« spreadsheet »"),
    ("spreadsheet.model.cells", "from eig_sheets.workbook import schema", "« workbook »"),
    ("spreadsheet.xlsx.read", "from eig_sheets.workbook.schema import SCHEMA", "« workbook »"),
    ("spreadsheet.xlsx.read", "import eig_sheets.domain.rules", "« domain »"),
    ("emails.mail.templates", "from eig_sheets.run import target", "« run »"),
    ("campaign.reading", "from eig_sheets.run import target", "« run »"),
    ("campaign.reading", "from eig_sheets.call.jury import recusals", "« call.jury »"),
    ("call.scoring.scores", "from eig_sheets.call.jury import assignments", "« call.jury »"),
    ("call.jury.assignments", "from eig_sheets.call.report import open_points", "« call.report »"),
    ("call.report.view", "from eig_sheets.run import nightly", "« run »"),
    ("call.scoring.rules_ranking", "from eig_sheets.call.scoring import classement", "« call.scoring »"),
    ("call.scoring.rules_ranking", "from eig_sheets.spreadsheet.model import cells", "« spreadsheet.model »"),
    ("call.scoring.scores", "from eig_sheets.call.scoring import commands_rank", "« commands of the call »"),
    ("call.scoring.scores", "from eig_sheets.spreadsheet.xlsx import read", "« spreadsheet »"),
    ("run.target", "import eig_sheets.cli", "« cli »"),
    ("run.target", "import eig_sheets.nowhere", "« None »"),
    ("run.target", "from eig_sheets.features import teams", "« features »"),
    ("domain.frames", "import click", "click"),
    ("workbook.schema", "import openpyxl", "openpyxl"),
    ("run.target", "from rich.table import Table", "rich.table"),
    ("text.french", "import pandas", "pandas"),
]
IMPURE = [
    ("from datetime import datetime\nx = datetime.now()", CLOCK),
    ("import datetime as d\nx = d.date.today()", CLOCK),
    ("from datetime import datetime\nx = [1].sort(key=datetime.utcnow)", CLOCK),
    ("import pandas as pd\nx = pd.Timestamp.now()", CLOCK),
    ("import time", CLOCK),
    ("from time import monotonic", CLOCK),
    ("x = open('a')", FILES),
    ("import io\nx = io.open('a')", FILES),
    ("from pathlib import Path", FILES),
    ("import os.path", FILES),
    ("import sqlite3", FILES),
    ("import pandas as pd\nx = pd.read_csv('a')", FILES),
    ("from pandas import read_excel\nx = read_excel('a')", FILES),
    ("def f(path):\n    return path.read_text()", FILES),
    ("def f(frame):\n    frame.to_excel('a')", FILES),
    ("import urllib.request", NETWORK),
    ("from urllib import request", NETWORK),
    ("import smtplib", NETWORK),
    ("import os\nx = os.environ['A']", SURROUNDINGS),
    ("from os import getenv\nx = getenv('A')", SURROUNDINGS),
    ("import sys", SURROUNDINGS),
    ("import subprocess", SURROUNDINGS),
    ("print('a')", SURROUNDINGS),
    ("import random\nx = random.random()", CHANCE),
    ("from random import random\nx = random()", CHANCE),
    ("from random import shuffle\nshuffle([])", CHANCE),
    ("import random\nx = random.Random()", CHANCE),
    ("import numpy as np\nx = np.random.default_rng()", CHANCE),
    ("import numpy as np\nx = np.random.rand(3)", CHANCE),
    ("from numpy import random\nx = random.normal()", CHANCE),
    ("import uuid\nx = uuid.uuid4()", CHANCE),
    ("x = hash('a')", CHANCE),
]
PURE = [
    "import random\ndef f(seed):\n    return random.Random(seed).random()",
    "import numpy as np\ndef f(seed: int) -> np.random.Generator:\n    return np.random.default_rng(seed)",
    "import io, csv\nx = csv.reader(io.StringIO('a'))",
    "def f(pulse):\n    return pulse.now",
    "from datetime import datetime\ndef f(now: datetime, today):\n    return now, today",
    "from urllib.parse import quote\nx = quote('a')",
    "def f(book):\n    return book.open, book.hash",
    "import pandas as pd\nx = pd.DataFrame().to_csv()",
    "from eig_sheets import __version__",
    "from eig_sheets.text.french import plural",
    "from . import rules_proposals\nfrom .rules_proposals import Proposal",
]


@pytest.mark.parametrize(("module", "source", "reason"), OUTWARD)
def test_an_import_that_points_outward_is_refused(module, source, reason):
    [fault] = faults(f"eig_sheets.{module}", source)
    assert reason in fault


@pytest.mark.parametrize("module", ["call.scoring.rules_scoring", "workbook.schema", "emails.mail.compose"])
@pytest.mark.parametrize(("source", "effect"), IMPURE)
def test_a_pure_module_that_touches_the_world_is_refused(module, source, effect):
    assert any(f"touches {effect}" in fault for fault in faults(f"eig_sheets.{module}", source))


@pytest.mark.parametrize("source", PURE)
def test_what_is_pure_is_left_alone(source):
    assert faults("eig_sheets.call.scoring.rules_scoring", source) == []


def test_a_module_that_the_table_does_not_know_is_refused():
    assert faults("eig_sheets.nowhere", "") == ["eig_sheets.nowhere is in no folder of ORDER: add it"]


def test_a_relative_import_of_a_package_starts_in_it():
    [fault] = faults("eig_sheets.spreadsheet.xlsx", "from . import read\nfrom ... import workbook", is_package=True)
    assert "eig_sheets.workbook" in fault


@pytest.mark.parametrize(
    "source",
    [
        "def both(reading: Reading, campaign: Campaign): ...",
        "async def both(*, day, campaign: config.Campaign | None = None, reading: 'Reading'): ...",
        "class A:\n    def both(self, reading: Reading, /, told: Callable[[str, Campaign], int]): ...",
        "class both:\n    reading: Reading\n    campaign: Campaign",
    ],
)
def test_a_reading_and_a_campaign_together_are_refused(source):
    assert [*takes_both(source)] == ["both"]


@pytest.mark.parametrize(
    "source",
    [
        "x = open('a')",
        "import io\nx = io.open('a', 'rb')",
        "import os\nx = os.open('a', os.O_RDONLY)",
        "def f(path):\n    return path.open()",
        "def f(path):\n    return path.read_bytes()",
        "import zipfile\nx = zipfile.ZipFile('a')",
        "import sqlite3\nx = sqlite3.connect('a')",
        "from python_calamine import CalamineWorkbook\nx = CalamineWorkbook.from_path('a')",
    ],
)
def test_a_file_that_is_opened_otherwise_is_found(source):
    assert len(reads(source)) == 1


@pytest.mark.parametrize("source", ["print('a')", "import click\nclick.echo('a')", "import sys\nsys.stdout.write('a')"])
def test_what_is_printed_otherwise_is_found(source):
    assert len(prints(source)) == 1


def test_a_function_may_make_a_reading_of_a_campaign():
    assert [*takes_both("def read(snapshot: Snapshot, campaign: Campaign) -> Reading: ...")] == []
