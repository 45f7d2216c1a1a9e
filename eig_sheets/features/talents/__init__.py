"""The call for talents: candidates, their jury, their ranking, the projects that they choose."""

from typing import Final

from eig_sheets.registry import Feature

_COMMANDS: Final = "eig_sheets.features.talents.commands"


def _parts() -> tuple[object, ...]:
    from eig_sheets.cli.additions import AddedCommand
    from eig_sheets.features.talents import (
        acts,
        checks,
        computed,
        emails,
        grid,
        pages,
        pending,
        recruits,
        robot_tabs,
        section,
        subject,
        tabs,
    )

    return (
        *tabs.TABS,
        *robot_tabs.TABS,
        *robot_tabs.ROWS,
        grid.GRID,
        subject.SUBJECT,
        computed.RESULTS,
        *acts.ADDED,
        acts.CANDIDATES,
        acts.CANDIDATE_ASSIGNMENT,
        checks.CHECK,
        recruits.COSTED,
        pending.LINES,
        emails.MAIL,
        emails.SUBJECT,
        emails.COMMON,
        section.TEXTS,
        pages.PAGES,
        AddedCommand("rank", f"{_COMMANDS}_ranking:rank_talents", in_other_workbook=True),
        AddedCommand("jury status", f"{_COMMANDS}_status:status", in_other_workbook=True),
    )


FEATURE: Final = Feature(
    id="talents",
    title="l’appel à talents",
    page="talents.fr.md",
    parts=_parts,
)
