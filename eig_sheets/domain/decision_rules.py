"""What an administration says of its decisions, and of the ranking that may found them: no text has a default."""

from __future__ import annotations

from eig_sheets.domain.rules import Rules


class DecisionRules(Rules):
    """`[decisions]`: what the notification of a refusal owes to who receives it.

    `voies_recours`: the ways and time limits of appeal, as the administration's jurists wrote them; without them the
    time limit does not run (code de justice administrative, R. 421-5). `public_law`: whether decisions are those of a
    public administration; when they are not, no refusal needs that text.
    """

    voies_recours: str = ""
    public_law: bool = True


class AlgorithmRules(Rules):
    """`[algorithm]`: what is said of the ranking to who asks, and to everybody.

    `founds_decisions`: the administration considers that its decisions are taken on the ground of the ranking (code des
    relations entre le public et l’administration, L. 311-3-1): the messages that announce them then say so. `purpose`:
    what the ranking is for; `decided_by`: who decides; `contact`: to whom its rules are asked for.
    """

    founds_decisions: bool = False
    purpose: str = ""
    decided_by: str = ""
    contact: str = ""
