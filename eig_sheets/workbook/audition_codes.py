"""The anomalies of what a timetable of auditions is made of."""

from __future__ import annotations

from typing import Final

from eig_sheets.workbook.severity import Code, Severity

AUDITION_CODES: Final[dict[str, Code]] = {
    "disponibilites_illisibles": Code(
        Severity.BLOCKING,
        "« {value} » en « {header} » ne se lit pas comme des disponibilités : le juré n’est pas convoqué.",
        "Écrivez par exemple « 04/05/2021 09:00–12:00 ; 05/05/2021 », ou videz la cellule s’il est toujours libre.",
    ),
}
