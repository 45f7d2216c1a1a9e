"""Names added to `[import.fields]`: the rest of the file stays, and what cannot be edited so is refused."""

import difflib
import tomllib

import pytest

from eig_sheets.config.export_columns import ColumnRule
from eig_sheets.config.mapping_toml import UneditableError, toml_line, with_names
from tests.sample.support import EIG5

pytestmark = pytest.mark.newest

RULE = ColumnRule(header="E", after='No"m')
F = "[import.fields]\n"


@pytest.mark.parametrize(
    ("text", "edited"),
    [
        (F + 'n = ["ID"]  # c ]\n\n# next\n[z]\nb = 1\n', F + 'n = ["ID", "É"]  # c ]\n\n# next\n[z]\nb = 1\n'),
        (F + "'n' = ['ID', ]", F + "'n' = ['ID', \"É\"]"),
        (F + 'n = [\n    "I", # un ]\n    "X" # de\n]\n', F + 'n = [\n    "I", # un ]\n    "X", # de\n    "É",\n]\n'),
        (F + 'n = ["ID",\n  "X"]\n', F + 'n = ["ID",\n  "X", "É"]\n'),
        (F + 'n = [{ header = "q", nth = 1 }]\n', F + 'n = [{ header = "q", nth = 1 }, "É"]\n'),
        (f'x = """\n{F}n = ["I"]\n"""\n{F}n=["I"]\n', f'x = """\n{F}n = ["I"]\n"""\n{F}n=["I", "É"]\n'),
        (F + 'm = ["M"]\n\n# next\n[z]\n', F + 'm = ["M"]\nn = ["ID", "É"]\n\n# next\n[z]\n'),
        (F, F + 'n = ["ID", "É"]\n'),
        ("b = 2\na = 1", 'b = 2\na = 1\n\n[import.fields]\nn = ["ID", "É"]\n'),
        ('[import]\nignored_states = ["x"]\n', '[import]\nignored_states = ["x"]\n\n' + F + 'n = ["ID", "É"]\n'),
    ],
)  # fmt: skip
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_name_is_added_and_nothing_else_changes(text, edited, newline):
    text, edited = (written.replace("\n", newline) for written in (text, edited))
    assert with_names(text, {"n": "É"}, {"n": ("ID",)}) == edited


@pytest.mark.parametrize(
    "text", ['[import]\nfields = { n = ["ID"] }\n', 'import.fields.n = ["ID"]\n', '[import]\nfields.n = ["ID"]\n']
)
def test_what_is_written_otherwise_is_left_alone(text):
    with pytest.raises(UneditableError):
        with_names(text, {"n": "É"}, {"n": ("ID",)})


def test_every_field_of_the_real_configuration_takes_a_name():
    text = EIG5.path.read_text(encoding="utf-8")
    added = dict.fromkeys([*EIG5.imports.fields, "resume"], RULE)
    edited = with_names(text, added, EIG5.imports.fields)
    before, after = tomllib.loads(text), tomllib.loads(edited)
    for field in added:
        assert after["import"]["fields"].pop(field)[-1] == {"header": "E", "after": 'No"m'}
        before["import"]["fields"].pop(field, None)
    assert before == after
    gone = [line[2:] for line in difflib.ndiff(text.splitlines(), edited.splitlines()) if line.startswith("- ")]
    assert {line.split(" = ")[0] for line in gone} <= set(added)


def test_long_names_have_a_line_each():
    assert toml_line("n", ["a" * 60, "b" * 60]) == f'n = [\n  "{"a" * 60}",\n  "{"b" * 60}",\n]'
    assert toml_line("n", ["a\x7f\n"]) == 'n = ["a\\u007f\\n"]'


def test_names_of_another_form_go_in_its_own_section():
    text = F + 'n = ["ID"]\n\n[import.talents.fields]\nn = ["ID"]\n'
    edited = with_names(text, {"n": "É"}, {}, "import.talents.fields")
    assert edited == F + 'n = ["ID"]\n\n[import.talents.fields]\nn = ["ID", "É"]\n'
    added = with_names(text, {"n": "É"}, {}, "import.wishes.fields")
    assert added == text + '\n[import.wishes.fields]\nn = ["É"]\n'
