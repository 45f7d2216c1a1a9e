"""The parts of a call: projects and candidates, in one workbook or each in its own."""

from __future__ import annotations

from enum import StrEnum


class Part(StrEnum):
    """What a workbook holds of a call: all of it, or one half when candidates have a workbook of their own."""

    WHOLE = "tout"
    PROJECTS = "projets"
    TALENTS = "talents"

    @property
    def has_projects(self) -> bool:
        """Whether the dossiers and their evaluations are there."""
        return self is not Part.TALENTS

    @property
    def has_talents(self) -> bool:
        """Whether the candidates and their evaluations are there."""
        return self is not Part.PROJECTS

    @property
    def other(self) -> Part | None:
        """The part that the other workbook holds; None when there is one workbook."""
        return {Part.PROJECTS: Part.TALENTS, Part.TALENTS: Part.PROJECTS}.get(self)
