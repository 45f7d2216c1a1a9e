"""Each module can be imported before any other of the package: no circle of imports works in one order alone."""

import json
import os
import subprocess
import sys
from zlib import crc32

import pytest

from tests.effort import whole
from tests.program import ROOT

PATHS = [*sorted((ROOT / "eig_sheets").rglob("*.py"))]
MODULES = [".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in PATHS]
MODULES.remove("eig_sheets.__main__")  # runs the program
FEW = 12


def drawn():
    """A few modules, others with each change of the package; in `make test-all`, all of them."""
    package = crc32(b"".join(path.read_bytes() for path in PATHS))
    return MODULES if whole() else sorted(MODULES, key=lambda module: crc32(f"{package} {module}".encode()))[:FEW]


def errors(modules, folder=ROOT):
    command = [sys.executable, "-m", "tests.import_alone", *modules]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.mark.slow
def test_each_module_is_imported_first():
    assert errors(drawn()) == {}


def test_a_circle_that_works_in_one_order_is_found(tmp_path):
    sources = {
        "names/one": "from names.other import b\na = 1",
        "names/other": "b = 1\nfrom names.one import a",
        "whole/one": "import whole.other\na = whole.other.b",
        "whole/other": "import whole.one\nb = 1",
        "left/one": "import sys\nsys.exit()",
        "sound/one": "import sound.other",
        "sound/other": "import sound",
    }
    for place, source in sources.items():
        path = tmp_path / f"{place}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(source, encoding="utf-8")
    found = errors([place.replace("/", ".") for place in sources], tmp_path)
    assert [*found] == ["names.one", "whole.other", "left.one"]
