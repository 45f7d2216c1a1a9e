"""What older versions left of eliminations and of rankings without names, each kind in its file, and what it says."""

import hashlib

from eig_sheets.features.privacy.files_records import Elimination, EliminationLog, Listed, RankingRecords

ENDING = f"-{hashlib.sha256(b'/partage/campagne.xlsx').hexdigest()[:16]}.json"
LISTED, RANKING = f"eliminations{ENDING}", f"classement{ENDING}"
FILES = {
    LISTED: (
        '[{"reference": "BE-1", "listed_at": "2027-01-05T12:00:00", "count": 1, "items": [{"holding": "pages_jures", '
        '"key": "d1", "digest": "d1", "made": "2021-05-04", "size": 0}], "visa": "AN 12", "visa_day": "2027-01-06", '
        '"begun_at": "2027-01-07T12:00:00", "done_at": "", "left": 0}]'
    ),
    RANKING: (
        '[{"digest": "c1ef339cff2666bbfba7a2329b4f09e81122b1529ba7279f8542a3a3ea74948b", "content": {"a": [1.5]}}]'
    ),
}
READERS = {
    LISTED: lambda *place: EliminationLog(*place).eliminations(),
    RANKING: lambda *place: RankingRecords(*place).contents(),
}
KINDS = {LISTED: EliminationLog, RANKING: RankingRecords}
KEPT = {
    LISTED: [
        Elimination(
            "BE-1", "2027-01-05T12:00:00", 1, (Listed("pages_jures", "d1", "d1", "2021-05-04", 0),), "AN 12",
            "2027-01-06", "2027-01-07T12:00:00",
        )
    ],
    RANKING: [{"a": [1.5]}],
}  # fmt: skip
SAYS = {
    LISTED: "rien n’est éliminé. Rétablissez ce fichier d’une sauvegarde, ou déplacez-le et refaites",
    RANKING: "il ne prouve plus rien. Rétablissez ce fichier d’une sauvegarde, ou déplacez-le ailleurs.",
}
