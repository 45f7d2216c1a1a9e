"""A feature can be deleted: what is left is linted, typed and tested, and runs, with nothing of it.

Those that need it go with it. `make test-all` deletes each; continuous integration one of them, another with another
tree, and tries of the suite that is left what says most in a few minutes.
"""

import subprocess
from zlib import crc32

import pytest

from eig_sheets.installed import FEATURES
from tests.contributing.examples import BIN, ROOT, Checkout
from tests.contributing.test_worked_examples import ELSEWHERE
from tests.effort import whole
from tests.features.deletion import delete, with_those_that_need, without_links

ALL = [*FEATURES]


def drawn(features):
    """All of them in `make test-all`; else the one that this tree says."""
    if whole() or not features:
        return features
    tree = subprocess.run(["git", "rev-parse", "HEAD^{tree}"], cwd=ROOT, capture_output=True, check=False).stdout
    return [features[crc32(tree) % len(features)]]


@pytest.mark.slow
@pytest.mark.parametrize("feature", ALL, ids=lambda feature: feature.id)
def test_a_feature_can_be_deleted(feature, tmp_path):
    if feature not in drawn(ALL):
        pytest.skip("another feature is drawn for this tree; make test-all deletes each")
    copy = Checkout.copied(tmp_path / "copy")
    delete(with_those_that_need(feature), copy)
    copy.lint()
    copy.types()
    program = BIN / "python", "-m", "eig_sheets"
    campaign = tmp_path / "demonstration"
    copy.run(*program, "demo", campaign)
    for command in ("sync", "check"):  # `check` ends with 1, of the demonstration's own anomalies
        said = copy.said(*program, "--config", campaign / "config" / "campaign.toml", command)
        assert "Traceback" not in said
        assert "Erreur imprévue" not in said
    copy.test("tests", *left_out(), *narrowing(copy, tmp_path / "known"))


def left_out():
    """Tests that no feature concerns, or all of them: worked examples beside them, configurations of older versions."""
    others = ("tests/contributing", "tests/features/test_deletion.py", "tests/kept")
    return [f"--ignore={path}" for path in {*ELSEWHERE, *others}]


def narrowing(copy, known):
    """Some of the suite that is left, unless this is `make test-all`."""
    if whole():
        return []
    known.write_text(copy.test("tests", "--collect-only", *left_out()), encoding="utf-8")
    tree = copy.run("git", "write-tree").strip()
    return ["-p", "tests.contributing.narrowed", "--known", known, "--draw", tree, "--hypothesis-profile", "few"]


def test_what_leads_to_a_page_goes_with_it():
    text = (
        "# Titre\n\nAvant.\n\n- un\n- deux ([page](visites.fr.md))\n  et la suite\n- trois\n\n"
        "Un paragraphe\nvers [elle](docs/visites.fr.md#ici).\n\n"
        "| a | b |\n|---|---|\n| [v](visites.fr.md) | c |\n| d | e |\n\n"
        "## Visites\n\n| a |\n|---|\n| [v](visites.fr.md) |\n\n## Après\n\n### Suite\n\nFin.\n"
    )
    left = "# Titre\n\nAvant.\n\n- un\n- trois\n\n| a | b |\n|---|---|\n| d | e |\n\n## Après\n\n### Suite\n\nFin.\n"
    assert without_links(text, "visites.fr.md") == left
