"""What a jury reviews, dossiers or what a feature adds: the tabs, the rules and the words of each. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from eig_sheets.campaign.dependencies import AnyAct
from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reviews.affectations import NamedAssignment
from eig_sheets.campaign.reviews.grids import Grid
from eig_sheets.campaign.reviews.received_notes import NotesTab
from eig_sheets.campaign.reviews.recusals import Recusals
from eig_sheets.config import Campaign
from eig_sheets.domain.rules import ReadingRules
from eig_sheets.workbook.anomalies import Code
from eig_sheets.workbook.table import Table


@dataclass(frozen=True, slots=True)
class SubjectWords:
    """The French of what is reviewed.

    `read`: one evaluation of it; `command`: the one that assigns; `pages`: that of its ballots; `maximum`: the key of
    the configuration that says how many a juror has at most; `heading`: the title of an assignment in the Journal;
    `nothing`: that there is none to read; `unread`: that one of them is read no more. `number`, `name`: the key and the
    header of the number and of the name in what commands answer; `explained`: the command that says why the jury reads
    one or not; `scored`: that the jury scored one already; `unknown`: that no
    row has a number; `missing`: that the workbook lacks the tabs.
    """

    singular: str
    plural: str
    read: str
    command: str
    pages: str
    maximum: str
    heading: str
    nothing: str
    unread: str
    number: tuple[str, str]
    name: tuple[str, str]
    explained: str
    scored: str
    unknown: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class ReviewSubject:
    """Dossiers, or what a feature adds, for the jury that reviews them: a call has one such part besides at most.

    `tab` and `key`: the people's tab that has them, and the field of their number; `typed`: the people's tab of their
    evaluations; `reviews`: every tab that has some, by ids; `opinions`, `marks`: fields of an evaluation that say
    something besides the scores, whatever they hold, or by a « oui »; `grid`: what the jury fills; `withdrawn`: the
    field in which « Désisté » is typed, and `deleted` the code of one that is gone from the platform. `assigned`: the
    robot's tab of who reads what, a `table`; `lapsed`: the code of the anomaly of a pair that holds no more.
    `profiles`: the field that is compared with what jurors know. `closes`: the last moment at which one may come in.
    `assignment_act`, `progress_act`: what it rests on to say who reads what, and how far the jury is.
    """

    tab: str
    key: str
    typed: str
    reviews: tuple[str, ...]
    withdrawn: str
    deleted: Code
    grid: Grid
    assigned: str
    table: Table[NamedAssignment]
    lapsed: Code
    profiles: str
    opinions: tuple[str, ...]
    marks: tuple[str, ...]
    words: SubjectWords
    closes: Callable[[Reading], datetime | None]
    assignment_act: AnyAct
    progress_act: AnyAct
    rules: Callable[[Reading], ReadingRules]
    numbers: Callable[[Reading], list[str]]
    recusals: Callable[[Reading], Recusals]
    names: Callable[[pd.DataFrame], dict[str, str | None]]

    @property
    def notes(self) -> NotesTab:
        """The robot's tab of what pages say."""
        return self.grid.notes

    def criteria(self, reading: Reading) -> tuple[str, ...]:
        """The ids of the criteria, in the order of the columns."""
        return tuple(id_ for id_, _ in self.grid.labels(reading.campaign))


def review_subjects(campaign: Campaign) -> tuple[ReviewSubject, ...]:
    """Dossiers, then what a feature adds."""
    return campaign.features.parts(ReviewSubject)


def second_subject(campaign: Campaign) -> ReviewSubject | None:
    """What a jury reviews besides dossiers; None in a call that has dossiers alone."""
    return next(iter(review_subjects(campaign)[1:]), None)
