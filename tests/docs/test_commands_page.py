"""The page of commands: its tables are those of the command line."""

import importlib.util

from tests.docs.pages import COMMANDS, ROOT, text_of


def commands_doc():
    spec = importlib.util.spec_from_file_location("commands_doc", ROOT / "scripts" / "commands_doc.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_of_commands_are_the_command_line_s():
    text = text_of(COMMANDS)
    assert commands_doc().with_table(text) == text, "run `python scripts/commands_doc.py --write`"


def test_every_command_has_a_first_sentence():
    lines = [line for line in commands_doc().table().splitlines() if line.startswith("| `")]
    assert len(lines) >= 8
    assert all(line.rstrip(" |").endswith((".", "…")) for line in lines)


def test_every_row_has_two_cells():
    """A bar in a usage would be the end of a cell."""
    assert {line.replace(r"\|", "").count("|") for line in commands_doc().table().splitlines() if line} == {3}
