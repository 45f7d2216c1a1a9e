"""What the page is made of is what was released."""

import hashlib
import re
from pathlib import Path

from eig_sheets.call.report.html import assets

ROOT = Path(__file__).parents[3]
VENDOR = ROOT / "eig_sheets" / "call" / "report" / "vendor"


def test_vega_is_the_one_that_was_released():
    script = (ROOT / "scripts" / "vega.sh").read_text(encoding="utf-8")
    sums = {name: digest for digest, name in re.findall(r"([0-9a-f]{64})  (\S+)", script)}
    assert sums == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.iterdir()}


def test_a_script_cannot_end_before_its_end():
    for script in assets().scripts:
        assert not re.search(r"</script|<!--", script, re.IGNORECASE)
    assert not re.search(r"</style", assets().style, re.IGNORECASE)


def test_the_licence_goes_with_vega():
    assert "Redistributions in binary form must reproduce" in assets().scripts[0]
