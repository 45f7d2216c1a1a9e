"""The colours (RRGGBB) and number patterns of the tabs that we make, the same in every spreadsheet program."""

from __future__ import annotations

from eig_sheets.spreadsheet.model.sheet import Format, Owner, Tone

NO_BREAK = "\u00a0"


def _probability(digits: str) -> str:
    ends = f'[<0.01]"<{NO_BREAK}1{NO_BREAK}%";[>0.99]">{NO_BREAK}99{NO_BREAK}%"'
    return f'{ends};{digits}"{NO_BREAK}"%'


PATTERNS = {
    Format.INTEGER: "#,##0",
    Format.NOTE: "0.00",
    Format.EURO: f'#,##0.00"{NO_BREAK}€"',
    Format.PERCENT: f'0"{NO_BREAK}"%',
    Format.PROBABILITY: _probability("0"),
    Format.PROBABILITY_1: _probability("0.0"),
    Format.PROBABILITY_2: _probability("0.00"),
    Format.DATE: "dd/mm/yyyy",
    Format.DATETIME: "dd/mm/yyyy hh:mm",
}

TABS = {Owner.ROBOT: "2F4077", Owner.PEOPLE: "A9BFFF", Owner.OUTBOX: "E4794A"}
DARK, SOFT, RULE, RED, PALE_RED = "2F4077", "DEE5FD", "DDDDDD", "C9191E", "FFE9E9"
LINK, GREY, WHITE = "0063CB", "3A3A3A", "FFFFFF"
LOW, MIDDLE, HIGH = "FBD9C4", "FFFFFF", "B8E3C2"
BAR = "8FA8F0"
SERIES = ("2F4077", "8FA8F0", "D9E1FB")
"""Of the numbers of a chart, in their order: dark, middle and light, which differ in grey too."""

TONES = {
    Tone.GOOD: ("18753C", "DFF5E1"),
    Tone.DOUBT: ("8A5A00", "FEECC2"),
    Tone.BAD: ("B01A1F", "FFE3E1"),
    Tone.QUIET: ("666666", "EEEEEE"),
}
"""Text and background colours of each tone."""
