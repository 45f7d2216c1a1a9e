"""Field masks: read in all their writings, and what they keep."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sheets_server import masks

NAMES = st.sampled_from(["a", "b", "c", "d"])
TREES = st.recursive(st.just({}), lambda below: st.dictionaries(NAMES, below, min_size=1, max_size=3), max_leaves=8)
NODES = st.recursive(
    st.integers() | st.text(max_size=2),
    lambda below: st.dictionaries(NAMES, below, max_size=4) | st.lists(below, max_size=3),
    max_leaves=12,
)


def written(tree, separator="."):
    """A mask's text, with parentheses where there is a choice."""
    parts = []
    for name, below in tree.items():
        if not below:
            parts.append(name)
        elif len(below) == 1:
            parts.append(f"{name}{separator}{written(below, separator)}")
        else:
            parts.append(f"{name}({written(below, separator)})")
    return ",".join(parts)


def leaves(tree):
    return list(masks.paths(tree))


@given(TREES.filter(bool), st.sampled_from([".", "/"]))
def test_a_mask_is_read_as_it_is_written(tree, separator):
    assert masks.parse(written(tree, separator)) == tree


@given(TREES.filter(bool))
def test_one_path_at_a_time_or_in_parentheses_is_the_same(tree):
    assert masks.parse(",".join(".".join(path) for path in leaves(tree))) == tree


@given(TREES, NODES)
def test_projection_keeps_a_part_and_twice_keeps_the_same(tree, node):
    once = masks.project(tree, node)
    assert masks.project(tree, once) == once
    assert _is_part(once, node)


def _is_part(part, whole):
    if isinstance(whole, dict):
        return part.keys() <= whole.keys() and all(_is_part(part[key], whole[key]) for key in part)
    if isinstance(whole, list):
        return len(part) == len(whole) and all(map(_is_part, part, whole))
    return part == whole


# Objects of one type: `a` and `b` are numbers, `c` and `d` objects of the same type.
LEAVES = {"a": st.integers(), "b": st.integers()}
FLAT = st.fixed_dictionaries({}, optional=LEAVES)
NESTED = st.fixed_dictionaries({}, optional=LEAVES | {"c": FLAT, "d": FLAT})
OBJECTS = st.fixed_dictionaries({}, optional=LEAVES | {"c": NESTED, "d": NESTED})
WHOLE = st.dictionaries(st.sampled_from("abcd"), st.just({}), min_size=1)
PARTS = WHOLE | st.dictionaries(st.sampled_from("cd"), WHOLE, min_size=1)
UPDATES = WHOLE | st.dictionaries(st.sampled_from("cd"), PARTS, min_size=1)


@given(UPDATES, OBJECTS, OBJECTS)
def test_a_merge_takes_what_the_mask_names_and_only_that(mask, old, new):
    merged = masks.merge(mask, old, new)
    assert _bare(masks.project(mask, merged)) == _bare(masks.project(mask, new))
    for key in old.keys() | merged.keys():
        if key not in mask:
            assert merged.get(key) == old.get(key)


def _bare(node):
    """An object without the empty objects in it: a merge may leave some, and they say nothing."""
    below = {key: value if key in "ab" else _bare(value) for key, value in node.items()}
    return {key: value for key, value in below.items() if value != {}}


def test_a_name_given_whole_stays_whole():
    assert masks.parse("a,a.b") == masks.parse("a.b,a") == {"a": {}}


@pytest.mark.parametrize("text", ["a(", "a(b", "a)b", ",a", "a..b", "a b", "a.(", "a,"])
def test_what_is_no_mask(text):
    with pytest.raises(ValueError, match=r"."):
        masks.parse(text)


def test_a_partial_answer_keeps_places_and_drops_the_rest(api):
    api.type("B2", ["x"])
    shown = api.get("sheets(properties.title,data.rowData.values.userEnteredValue/stringValue)")
    row = {"values": [{}, {"userEnteredValue": {"stringValue": "x"}}]}
    assert shown == {"sheets": [{"properties": {"title": "Sheet1"}, "data": [{"rowData": [{}, row]}]}]}
    assert api.get("*").keys() == api.get().keys()


def test_a_name_that_is_not_in_the_type_is_refused(api):
    answer = api.call("GET", "", fields="sheets.properties.nom")
    assert answer.status_code == 400
    assert answer.json()["error"]["message"] == "Request contains an invalid argument."
    [violation] = answer.json()["error"]["details"][0]["fieldViolations"]
    assert violation["description"] == (
        "Error expanding 'fields' parameter. Cannot find matching fields for path 'sheets.properties.nom'."
    )


def test_an_update_needs_a_mask_and_only_known_names(api):
    cell = {"userEnteredValue": {"numberValue": 1}}
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    update = {"start": start, "rows": [{"values": [cell]}]}
    missing = "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
    assert api.refused({"updateCells": update}) == f"Invalid requests[0].updateCells: {missing}"
    assert "Invalid field: valeur" in api.refused({"updateCells": update | {"fields": "valeur"}})
