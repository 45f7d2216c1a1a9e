"""Whatever people read in the demo is typed as French is."""

import re

import pytest

from tests.workbook.opc import load

LOOSE = re.compile(r"[ \u00a0][:;?!»%€]|« |[A-Za-zà-ÿ]'[A-Za-zà-ÿ]")
"""A plain or wide space where a narrow one is meant, or a typewriter's apostrophe."""

HEADERS = {"Intervalle 50 %", "Intervalle 90 %"}
"""Headers are names that other programs look for: they keep the spaces of the design."""


def texts(path):
    for name, part in load(path).items():
        if name.endswith((".xml", ".vml")) and name.startswith("xl/"):
            yield from re.findall(r"<(?:\w+:)?t(?: [^>]*)?>([^<]*)<", part.decode())


def test_every_text_and_note_of_the_workbook(demo):
    found = [text for text in texts(demo.workbook) if text not in HEADERS and LOOSE.search(text)]
    assert found == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["rank"], ["cofinancing"], ["check"], ["emails", "list"], ["sync"], ["init"], ["sync", "--dry-run"],
        ["import", "EXPORT"], ["rank", "--explain", "3712437", "--format", "json"],
        ["cofinancing", "--explain", "3712146", "--format", "csv"],
    ],
)  # fmt: skip
def test_what_a_command_says(demo, arguments):
    demo.set_config("target = 20 ", "target = 12 ")
    done = demo.run(*(demo.export if word == "EXPORT" else word for word in arguments))
    lines = [line for line in (done.out + done.err).splitlines() if LOOSE.search(line)]
    assert lines == []
