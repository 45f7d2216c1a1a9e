"""Dependencies point inward, and the pure parts are pure: read from the source of every module."""

import ast
import graphlib
import re
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Layer:
    """Some modules of eig_sheets (with all below them), the layers and libraries they may import, what they may touch.

    A module belongs to the layer that names it most precisely; its own layer is always allowed. No `touches`: pure.
    """

    name: str
    modules: tuple[str, ...]
    uses: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    touches: frozenset[str] = field(default=frozenset())


RULES = ("text", "parts", "rules", "e-mail rules", "versions", "domain", "config")
PURE_PARTS = (*RULES, "model", "workbook", "template words", "templates", "messages", "mail")
PURE_PLANS = (
    *PURE_PARTS,
    "registry",
    "last run",
    "read pages",
    "campaign",
    "emails",
    "sync",
    "importing",
    "report",
    "alerts",
    "personal data",
    "exporting",
)
EDGES = (
    *PURE_PARTS,
    "search limits",
    "permissions",
    "config file",
    "backends",
    "google address",
    "google",
    "grist document",
    "grist",
    "exporting",
    "demarche errors",
    "demarche answers",
    "demarche",
    "importing",
    "sample",
    "campaign",
    "alerts",
    "last run",
    "read pages",
    "jury pages",
    "state",
    "pseudonym key",
    "personal data",
    "emails",
    "sync",
    "outlet",
    "outlets",
    "report assets",
    "report checksum",
    "report",
    "report files",
    "form",
    "jury",
    "jury issues",
    "jury files",
    "finance",
)
LAYERS = (
    Layer("text", ("text",)),
    Layer("registry", ("registry",)),
    Layer("parts", ("domain.parts",)),
    Layer(
        "rules",
        (
            "domain.rules",
            "domain.hours",
            "domain.cofinancing_rules",
            "domain.decision_rules",
            "domain.selection_rules",
        ),
        libraries=("pydantic", "pydantic_core"),
    ),
    Layer("e-mail rules", ("domain.emails", "domain.decisions"), ("text", "registry", "parts", "rules"), ("pandas",)),
    Layer("versions", ("domain.versions",)),
    Layer("working days", ("domain.working_days",), libraries=("holidays",)),
    Layer("search limits", ("domain.search_limits",)),
    Layer("integer programs", ("domain.integer_program",), ("search limits",), ("highspy", "numpy")),
    Layer(
        "domain",
        ("domain",),
        ("text", "parts", "rules", "e-mail rules", "working days", "search limits", "integer programs"),
        ("numpy", "pandas", "pydantic"),
    ),
    Layer(
        "config",
        ("config",),
        (
            "text",
            "registry",
            "parts",
            "rules",
            "e-mail rules",
            "working days",
            "regular files",
            "config place",
        ),
        ("pydantic",),
        frozenset({FILES}),
    ),
    Layer("config place", ("config_file",), ("text", "regular files"), touches=frozenset({FILES})),
    Layer(
        "config file",
        ("config.mapping_file",),
        ("text", "config", "regular files", "atomic files"),
        touches=frozenset({FILES}),
    ),
    Layer("model", ("workbook.model",), ("text",)),
    Layer("permissions", ("storage.permissions",), touches=frozenset({FILES})),
    Layer("regular files", ("storage.regular_files",), touches=frozenset({FILES})),
    Layer("secrets", ("storage.header_secret",), ("text", "permissions", "regular files"), touches=frozenset({FILES})),
    Layer("file exchange", ("storage.file_exchange",), touches=frozenset({FILES, SURROUNDINGS})),
    Layer(
        "atomic files",
        ("storage.atomic_write", "storage.file_replacement", "storage.file_lock"),
        ("file exchange", "permissions", "regular files"),
        ("filelock",),
        touches=frozenset({FILES, CLOCK}),
    ),
    Layer(
        "call quota",
        ("storage.call_quota",),
        ("permissions", "regular files"),
        ("filelock",),
        frozenset({FILES, CLOCK}),
    ),
    Layer("shared folders", ("storage.shared_folders",), ("text", "regular files"), touches=frozenset({FILES})),
    Layer(
        "pseudonym key",
        ("storage.pseudonym_key",),
        ("text", "permissions", "regular files", "state"),
        touches=frozenset({FILES, CHANCE}),
    ),
    Layer("last known", ("storage.last_known",)),
    Layer("last run", ("storage.last_run", "storage.imported_dossiers", "storage.import_record"), ("last known",)),
    Layer("read pages", ("storage.read_pages",), ("versions",)),
    Layer(
        "state",
        ("storage",),
        ("text", "registry", "permissions", "regular files", "e-mail rules", "last known", "last run"),
        ("filelock", "pydantic"),
        frozenset({FILES}),
    ),
    Layer(
        "jury pages",
        ("storage.jury_pages",),
        ("text", "permissions", "regular files", "versions", "read pages", "state"),
        touches=frozenset({FILES}),
    ),
    Layer(
        "xlsx",
        ("workbook.xlsx",),
        ("text", "model", "atomic files", "regular files", "shared folders"),
        ("python_calamine",),
        frozenset({FILES, CHANCE}),
    ),
    Layer("form", ("jury.form", "jury.online"), ("model",)),
    Layer("backoff", ("workbook.backoff",), touches=frozenset({CLOCK, CHANCE})),
    Layer("google address", ("workbook.google.address",), ("text", "model")),
    Layer("google diagnosis", ("workbook.google.diagnosis",), ("text", "model")),
    Layer(
        "google",
        ("workbook.google",),
        (
            "text",
            "model",
            "form",
            "google address",
            "google diagnosis",
            "permissions",
            "backoff",
            "regular files",
            "call quota",
        ),
        ("google", "gspread", "requests", "urllib3"),
        EVERYTHING,
    ),
    Layer("grist file", ("workbook.grist.sqlite_file",), ("grist document",), touches=frozenset({FILES})),  # in memory
    Layer("grist document", ("workbook.grist",), ("text", "model"), ("pydantic",)),
    Layer(
        "grist",
        ("workbook.grist.book", "workbook.grist.client", "workbook.grist.creation", "workbook.grist.diagnosis_facts"),
        ("text", "model", "grist file", "grist document", "secrets", "backoff"),
        ("requests",),
        EVERYTHING,
    ),
    Layer("memory", ("workbook.memory",), ("text", "model", "xlsx")),
    Layer(
        "backends",
        ("workbook.backends",),
        ("config", "model", "form", "xlsx", "google address", "google", "grist document", "grist"),
        (),
        frozenset({FILES}),
    ),
    Layer("alerts", ("alerts",), ("text", "registry")),
    Layer(
        "workbook",
        ("workbook",),
        (
            "text",
            "parts",
            "model",
            "rules",
            "e-mail rules",
            "versions",
            "domain",
            "last known",
        ),
        ("numpy", "pandas"),
    ),
    Layer("campaign", ("campaign",), (*RULES, "model", "workbook", "last known", "last run"), ("numpy", "pandas")),
    Layer(
        "template words",
        tuple(f"emails.mail.{part}" for part in ("context", "filters", "holes", "markdown", "placeholders", "syntax")),
        ("text",),
        ("jinja2",),
    ),
    Layer(
        "templates",
        ("emails.mail.templates",),
        ("text", "template words", "regular files"),
        ("jinja2",),
        frozenset({FILES}),
    ),
    Layer(
        "messages",
        tuple(
            f"emails.mail.{part}"
            for part in ("addresses", "headers", "invitations", "mime", "outgoing", "pages", "plaintext", "timetables")
        ),
        ("text", "model", "template words"),
        ("email_validator", "icalendar", "markdown_it", "nh3"),
    ),
    Layer(
        "mail", ("emails.mail",), ("text", "rules", "domain", "template words", "templates", "messages"), ("jinja2",)
    ),
    Layer("outlet", ("emails.outlets.base",), ("text",)),
    Layer(
        "outlets",
        ("emails.outlets",),
        ("text", "permissions", "regular files", "messages", "outlet"),
        ("google", "requests"),
        frozenset({FILES, NETWORK, CLOCK}),
    ),
    Layer("emails", ("emails",), (*PURE_PARTS, "campaign", "last run"), ("numpy", "pandas")),
    Layer(
        "sync",
        ("sync",),
        (*PURE_PARTS, "working days", "campaign", "emails", "importing", "last run", "read pages"),
        ("numpy", "pandas"),
    ),
    Layer("demarche errors", ("demarche.errors",), ("text",)),
    Layer(
        "demarche answers",
        tuple(f"demarche.{part}" for part in ("champs", "file_names", "table", "withdrawals")),
        ("text", "model", "last run"),
    ),
    Layer(
        "demarche",
        ("demarche",),
        (
            "text",
            "config",
            "demarche errors",
            "demarche answers",
            "last run",
            "backoff",
            "permissions",
            "regular files",
            "secrets",
        ),
        ("requests",),
        EVERYTHING,
    ),
    Layer(
        "importing",
        ("importing",),
        (
            "text",
            "config",
            "regular files",
            "model",
            "demarche answers",
            "xlsx",
            "workbook",
            "campaign",
            "last run",
        ),
        ("pandas", "python_calamine", "rapidfuzz"),
        frozenset({FILES}),
    ),
    Layer("exporting", ("exporting",), ("model", "xlsx"), ("xlsxwriter",)),
    Layer(
        "sample",
        ("sample",),
        (*RULES, "registry", "installed", "permissions", "regular files", "model", "workbook"),
        touches=frozenset({FILES}),
    ),
    Layer("report assets", ("report.assets",), touches=frozenset({FILES})),
    Layer("report checksum", ("report.checksum",), touches=frozenset({FILES})),  # archives, in memory
    Layer(
        "report files",
        ("report.files",),
        ("text", "permissions", "regular files", "report checksum"),
        touches=frozenset({FILES}),
    ),
    Layer(
        "report",
        ("report",),
        (*RULES, "model", "workbook", "campaign", "sync", "report assets", "report checksum"),
        ("docx", "jinja2", "markupsafe", "numpy", "pandas"),
    ),
    Layer("jury", ("jury",), (*RULES, "model", "workbook", "campaign", "form", "read pages"), ("numpy", "pandas")),
    Layer("jury writer", ("jury.xlsx_form",), ("text", "model", "form", "xlsx", "jury"), ("xlsxwriter",)),
    Layer("jury issues", ("jury.issue",), ("text", "model", "jury", "jury writer")),
    Layer(
        "jury files",
        ("jury.page_files", "jury.page_bytes", "jury.folder"),
        ("text", "model", "regular files", "permissions", "atomic files", "xlsx", "jury", "jury issues"),
        touches=frozenset({FILES}),
    ),
    Layer(
        "finance",
        ("finance",),
        (*RULES, "model", "workbook", "xlsx", "campaign", "exporting", "report", "report checksum"),
        ("pandas",),
    ),
    Layer("personal data", ("personal_data",), ("registry",)),
    Layer("command parts", ("cli.additions", "cli.night_work")),
    Layer("feature record", ("features",), ("registry", "command parts", "personal data")),
    Layer(
        "feature rules",
        (),
        (*RULES, "registry", "search limits", "integer programs"),
        ("numpy", "pandas", "pydantic"),
    ),
    Layer("feature", (), ("feature rules", *PURE_PLANS, "working days", "jury"), ("numpy", "pandas")),
    Layer("feature sample", (), ("feature rules", "feature", "sample", *RULES), touches=frozenset({FILES})),
    Layer("feature formats", (), ("feature", "text", "model", "xlsx", "google", "grist document", "exporting")),
    Layer(
        "feature edges",
        (),
        (
            "registry",
            "feature record",
            "feature rules",
            "feature",
            "feature formats",
            "installed",
            "cli",
            "atomic files",
            "backoff",
            "shared folders",
            "regular files",
            "xlsx",
            *EDGES,
        ),
        ("click", "filelock", "pandas", "requests", "rich"),
        EVERYTHING,
    ),
    Layer(
        "installed",
        ("installed", "loading"),
        ("registry", "feature record", "config", "config place", "regular files"),
        touches=frozenset({FILES}),
    ),
    Layer(
        "cli",
        ("cli", "__main__"),
        ("registry", "command parts", "installed", "config place", *EDGES),
        ("click", "filelock", "pandas", "rich"),
        EVERYTHING,
    ),
)
BY_NAME = {layer.name: layer for layer in LAYERS}
BY_MODULE = {f"eig_sheets.{module}": layer for layer in LAYERS for module in layer.modules}
BACKENDS = [layer for layer in LAYERS if layer.name in ("file exchange", "atomic files", "xlsx", "google", "memory")]
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
FEATURE_MODULES = (
    ("rules|settings", "feature rules"),
    ("sample", "feature sample"),
    ("google|grist|xlsx", "feature formats"),
    ("commands|files|processes|services", "feature edges"),
)
"""Names with which modules of a feature begin, and their layer; another one is pure and may know the call's tabs."""


def layer_of(module):
    """The layer that names a module most precisely; None: the table does not know it."""
    if part := FEATURE.match(module):
        name = next((layer for names, layer in FEATURE_MODULES if re.match(names, part["module"] or "")), "feature")
        return BY_NAME[name if part["module"] else "feature record"]
    while "." in module:
        if module in BY_MODULE:
            return BY_MODULE[module]
        module = module.rpartition(".")[0]
    return None


def module_named(name):
    """The module that an imported name is or comes from: eig_sheets.text.french.plural → eig_sheets.text.french."""
    if name == f"{ROOT}.__version__":
        return ROOT
    while name not in MODULES and name.count(".") > 1:
        name = name.rpartition(".")[0]
    return name


def faults(module, source, *, is_package=False):
    """What a module's source does that its layer may not do, one sentence each."""
    layer = layer_of(module)
    if layer is None:
        return [] if module == ROOT else [f"{module} is in no layer: add it to LAYERS"]
    reading = read(source, module, is_package=is_package)
    found = [fault for name, line in reading.imports if (fault := import_fault(module, layer, name, line))]
    found += [
        f"line {line}: {shown} touches {effect}, which « {layer.name} » may not"
        for effect, shown, line in reading.touches
        if effect not in layer.touches
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


def import_fault(module, layer, name, line):
    if name.partition(".")[0] == ROOT:
        target = module_named(name)
        if fault := feature_fault(module, target):
            return f"line {line}: {fault}"
        other = layer_of(target)
        is_deferred = layer.name == "feature record" and target.startswith(f"{module}.")  # by `parts`
        allowed = target == ROOT or is_deferred or (other is not None and other.name in (layer.name, *layer.uses))
        where = f"« {other.name} »" if other else "no layer"
        return "" if allowed else f"line {line}: {name} is in {where}, which « {layer.name} » may not import"
    feature = feature_of(module)
    if standard(name) or name.partition(".")[0] in (*layer.libraries, *(feature.libraries if feature else ())):
        return ""
    return f"line {line}: « {layer.name} » may not import {name} (a library? see LAYERS; or see tests/architecture.py)"


def in_modules(found, without=()):
    """What a check finds in each module, where it finds something."""
    checked = {module: found(module) for module in MODULES if module not in without}
    assert len(checked) > 300
    return {module: what for module, what in checked.items() if what}


def test_a_module_imports_and_touches_only_what_its_layer_may():
    assert in_modules(lambda module: faults(module, MODULES[module][0], is_package=MODULES[module][1])) == {}


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


def test_the_table_points_inward():
    """No two layers, however far apart, may import each other."""
    graphlib.TopologicalSorter({layer.name: layer.uses for layer in LAYERS}).prepare()


def test_a_backend_holds_no_word_of_the_schema():
    schema = build([("a", "Pertinence")], (1, 4), Choices(), OPTIONAL_TABS)
    words = {tab.name for tab in schema.tabs} | set(schema.robot_tabs.values())
    words |= {column.header for tab in schema.tabs for column in (*tab.fields, *tab.robot_fields)}
    words -= {"Id", "Type"}  # also attributes in the files of a workbook
    backends = [source for module, (source, _) in MODULES.items() if layer_of(module) in BACKENDS]
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
    ("domain.scoring", "from eig_sheets.spreadsheet.model.cells import a1", "« model »"),
    ("domain.scoring", "import eig_sheets.workbook.schema", "« workbook »"),
    ("domain.scoring", "from ..workbook import schema", "« workbook »"),
    ("domain.scoring", "from .. import config", "« config »"),
    ("domain.scoring", "def late():\n    from eig_sheets import config", "« config »"),
    ("domain.rules", "import eig_sheets.call.scoring.rules_scoring", "« domain »"),
    ("config.load", "from eig_sheets.domain import scoring", "« domain »"),
    ("config.load", "import eig_sheets.workbook.schema", "« workbook »"),
    ("text.french", "from eig_sheets.domain.rules import Rules", "« rules »"),
    ("workbook.schema", "from eig_sheets.config import Campaign", "« config »"),
    ("workbook.model.cells", "from eig_sheets.workbook import schema", "« workbook »"),
    ("workbook.render.journal", "from eig_sheets.spreadsheet.xlsx import read", "« xlsx »"),
    ("workbook.xlsx.read", "from eig_sheets.workbook.schema import SCHEMA", "« workbook »"),
    ("workbook.xlsx.read", "from ..schema import SCHEMA", "« workbook »"),
    ("workbook.xlsx.read", "import eig_sheets.domain.rules", "« rules »"),
    ("emails.mail.templates", "from eig_sheets.emails.mail import compose", "« mail »"),
    ("emails.mail.compose", "from eig_sheets.workbook.schema import SCHEMA", "« workbook »"),
    ("campaign.reading", "from eig_sheets.run import target", "« sync »"),
    ("sync.target", "import eig_sheets.cli", "« cli »"),
    ("sync.target", "from eig_sheets.workbook import xlsx", "« xlsx »"),
    ("sync.target", "import eig_sheets.nowhere", "no layer"),
    ("domain.scoring", "import click", "click"),
    ("workbook.schema", "import openpyxl", "openpyxl"),
    ("sync.target", "from rich.table import Table", "rich.table"),
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
    "from . import rules\nfrom .rules import CallRules",
]


@pytest.mark.parametrize(("module", "source", "reason"), OUTWARD)
def test_an_import_that_points_outward_is_refused(module, source, reason):
    [fault] = faults(f"eig_sheets.{module}", source)
    assert reason in fault


@pytest.mark.parametrize("module", ["domain.scoring", "workbook.schema", "emails.mail.compose"])
@pytest.mark.parametrize(("source", "effect"), IMPURE)
def test_a_pure_module_that_touches_the_world_is_refused(module, source, effect):
    assert any(f"touches {effect}" in fault for fault in faults(f"eig_sheets.{module}", source))


@pytest.mark.parametrize("source", PURE)
def test_what_is_pure_is_left_alone(source):
    assert faults("eig_sheets.call.scoring.rules_scoring", source) == []


def test_a_module_that_the_table_does_not_know_is_refused():
    assert faults("eig_sheets.nowhere", "") == ["eig_sheets.nowhere is in no layer: add it to LAYERS"]


def test_a_relative_import_of_a_package_starts_in_it():
    [fault] = faults("eig_sheets.spreadsheet.xlsx", "from . import read\nfrom .. import schema", is_package=True)
    assert "eig_sheets.workbook.schema" in fault


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
