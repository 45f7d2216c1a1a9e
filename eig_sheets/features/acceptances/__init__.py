"""Acceptances: what laureates and jurors answer to what they are told, and who is announced without it."""

from typing import Final

from eig_sheets.registry import Feature


def _settings() -> tuple[object, ...]:
    from eig_sheets.features.acceptances import settings

    return (settings.SECTION, settings.TEXTS)


def _parts() -> tuple[object, ...]:
    from eig_sheets.features.acceptances import answers, checks, emails, jurors, laureates, pending

    return (
        laureates.LAUREATES,
        jurors.JURORS,
        answers.ACT,
        emails.MAIL,
        checks.CHECK,
        pending.LINES,
    )


def _sample() -> tuple[object, ...]:
    from eig_sheets.features.acceptances import sample

    return (sample.CELLS,)


FEATURE: Final = Feature(
    id="acceptances",
    title="ce que répondent lauréats et jurés",
    page="acceptations.fr.md",
    question="Demandez-vous aux lauréats et aux jurés de dire s’ils acceptent ?",
    settings=_settings,
    parts=_parts,
    sample=_sample,
)
