"""What changed since the run before, for the Journal: counts and numbers of dossiers, nobody's name, no value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from eig_sheets.campaign.history import edits
from eig_sheets.campaign.history.content import Content, has_ranking
from eig_sheets.campaign.history.edits import Edit
from eig_sheets.campaign.history.timeline import Moment, When, deadline_of, segments
from eig_sheets.text.french import listed_first, plural, typographic

_LATE = (When.AROUND, When.AFTER)


def since(earlier: Moment, before: Content, later: Moment, after: Content) -> str:
    """The sentence; '' when nothing of it changed."""
    if not has_ranking(before) or not has_ranking(after):
        return ""
    parts = [*_parts(earlier, before, later, after)]
    return typographic(f"Depuis l’exécution {earlier.run} : {' ; '.join(parts)}.") if parts else ""


def _parts(earlier: Moment, before: Content, later: Moment, after: Content) -> Iterator[str]:
    came = [*edits.dossiers(before, after)]
    yield from _told([edit for edit in came if edit.after], "nouveau dossier", "nouveaux dossiers")
    yield from _told([edit for edit in came if edit.before], "dossier retiré", "dossiers retirés")
    for deadline, edited, singular, several, of in (
        ("call", edits.answers, "réponse modifiée", "réponses modifiées", ""),
        ("jury", edits.reviews, "note modifiée", "notes modifiées", " du jury"),
    ):
        [segment] = segments([earlier, later], deadline_of(after, deadline))
        if segment.when in _LATE:
            where = f"{segment.when}{of}"
            yield from _told(edited(before, after, segment.when), f"{singular} {where}", f"{several} {where}")
    typed = edits.officers(before, after)
    yield from _told(typed, "saisie de l’équipe modifiée", "saisies de l’équipe modifiées")
    yield from _numbers(_moved(before, after), "rang changé", "rangs changés")


def _told(changes: Iterable[Edit], singular: str, several: str) -> Iterator[str]:
    yield from _numbers([edit.dossier for edit in changes], singular, several)


def _numbers(numbers: list[str], singular: str, several: str) -> Iterator[str]:
    if numbers:
        yield f"{plural(len(numbers), singular, several)} ({listed_first([*dict.fromkeys(numbers)])})"


def _moved(before: Content, after: Content) -> list[str]:
    """The dossiers of both runs whose rank differs, in the order of the later ranking."""
    old = {dossier["numero"]: dossier["rank"] for dossier in before["ranking"]}
    return [
        dossier["numero"]
        for dossier in after["ranking"]
        if old.get(dossier["numero"], dossier["rank"]) != dossier["rank"]
    ]
