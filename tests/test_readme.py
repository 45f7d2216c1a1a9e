"""The README says what the program does."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parent.parent


def readme_commands():
    spec = importlib.util.spec_from_file_location("readme_commands", ROOT / "scripts" / "readme_commands.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_table_of_commands_is_the_command_line_s():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme_commands().with_table(text) == text


def test_every_command_has_a_first_sentence():
    lines = [line for line in readme_commands().table().splitlines() if line.startswith("| `")]
    assert len(lines) >= 8
    assert all(line.rstrip(" |").endswith((".", "…")) for line in lines)


def test_what_it_links_to_exists():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    links = [part.partition(")")[0] for part in text.split("](")[1:]]
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []
