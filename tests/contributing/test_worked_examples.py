"""Each worked example (docs/worked-examples.md) is the whole of its change: nothing else has to change or fails."""

from __future__ import annotations

import pytest

from tests.contributing.examples import ROOT, Checkout, examples
from tests.effort import first, whole

EXAMPLES = examples()
QUICK = {
    "A column that people fill": [
        "tests/workbook/test_schema.py",
        "tests/workbook/test_checks.py",
        "tests/workbook/test_diff.py",
        "tests/emails/mail/test_docs.py",
        "tests/run/test_results.py",
    ],
    "Shown on the jury's page too": [
        "tests/call/report/test_facts.py",
        "tests/call/report/test_view.py",
    ],
    "An anomaly": [
        "tests/workbook/test_anomalies.py",
        *("-k", "(and_nothing_else and juror) or structural or every_code or page"),
    ],
    "An e-mail": [
        "tests/emails/catalogue/test_programme_conditions.py",
        "tests/emails/catalogue/test_catalogue.py",
        "tests/emails/test_examples.py",
        "tests/emails/mail/test_docs.py",
        *("-k", "bienvenue or whole or docs or record or expected"),
    ],
    "A command": [
        "tests/call/jury/test_auditions.py",
        "tests/cli/test_help.py",
        "tests/docs/test_commands_page.py",
    ],
    "A command that writes": [
        "tests/call/jury/test_jury_add.py",
        "tests/cli/test_help.py",
        "tests/docs/test_commands_page.py",
        "tests/damaged_cells/test_oracle.py",
    ],
    "A column of a robot's tab": [
        "tests/call/jury/test_affectations.py",
        "tests/workbook/test_robot_tabs.py",
        "tests/call/jury/test_assignments.py",
    ],
    "A feature": [
        "tests/features/visits",
        "tests/features/test_turned_off.py",
        "tests/features/privacy",
        "tests/run/test_home.py",
        "tests/workbook/test_anomalies.py",
        "tests/run/test_tab_order.py",
        "tests/test_architecture.py",
        "tests/docs/test_commands_page.py",
        *("-k", "visits or register or imports or commands_page or every_code or twelve or made_hidden"),
    ],
}
"""For each example that is applied, the tests that notice first what it forgets, as pytest is told."""
GOES_ON_FROM = {"Shown on the jury's page too": ["A column that people fill"]}

ELSEWHERE = [
    f"tests/{path}"
    for path in (
        "call/jury/assignment", "call/report/algorithm", "call/report/minutes", "call/scoring/calibration",
        "call/scoring/sensitivity", "call/selection/test_comparison.py", "call/selection/test_network_flows.py",
        "call/selection/test_solver.py", "config", "contributing", "documents", "emails/outlets", "end_to_end",
        "scripts", "spreadsheet/google", "spreadsheet/grist", "spreadsheet/memory", "spreadsheet/new_xlsx",
        "spreadsheet/test_contract_google.py", "spreadsheet/test_contract_grist.py",
        "spreadsheet/test_contract_xlsx.py", "spreadsheet/xlsx", "storage", "test_sheets_server", "text",
        *(
            f"call/report/test_{name}.py"
            for name in (
                "accessibility", "assets", "attacker", "audience", "chromium", "contrast", "html", "injection",
                "libreoffice", "live_page", "paper", "phone", "view",
            )
        ),
    )
]  # fmt: skip
"""Tests that no column, anomaly, e-mail or command concerns, or that only see them from far away: numbers on arrays,
cells of a backend, deliveries."""


def test_what_is_left_out_is_there():
    assert [path for path in ELSEWHERE if not (ROOT / path).exists()] == []


@pytest.mark.slow
def test_every_diff_applies(tmp_path):
    made = Checkout.copied(tmp_path)
    for example in EXAMPLES.values():
        if example.diff:
            made.run("git", "apply", "--check", said=example.diff)


@pytest.mark.slow
def test_every_example_is_there():
    assert {title for title, example in EXAMPLES.items() if example.diff} == {*QUICK, "A spreadsheet program"}
    assert [*EXAMPLES][-1] == "A feature"


@pytest.mark.slow
@pytest.mark.parametrize("title", first(1, QUICK))
def test_nothing_else_has_to_change(title, tmp_path):
    made = Checkout.copied(tmp_path)
    for before in GOES_ON_FROM.get(title, ()):
        made.apply(EXAMPLES[before])
    made.apply(EXAMPLES[title])
    made.lint()
    made.test(*QUICK[title])


@pytest.mark.slow
def test_nothing_fails_with_all_of_them(tmp_path):
    made = Checkout.copied(tmp_path / "checkout")
    elsewhere = [f"--ignore={path}" for path in ELSEWHERE]
    narrowed = [] if whole() else narrowing(made, tmp_path / "known", *elsewhere)
    for title in QUICK:
        made.apply(EXAMPLES[title])
    made.lint()
    made.types()
    made.test("tests", *elsewhere, *narrowed)


def narrowing(before, known, *elsewhere):
    """What has pytest try all that the examples add, and of the rest what says most in a few minutes."""
    known.write_text(before.test("tests", "--collect-only", *elsewhere), encoding="utf-8")
    of_examples = [f"--entirely={path}" for paths in QUICK.values() for path in paths if path.startswith("tests/")]
    return [
        *("-p", "tests.contributing.narrowed", "--known", known, *of_examples),
        *("--draw", before.run("git", "write-tree").strip(), "--hypothesis-profile", "few"),
    ]
