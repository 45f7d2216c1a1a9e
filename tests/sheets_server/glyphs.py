"""How wide a text is, for autoResizeDimensions: Arial's advance widths, scaled to what Google was seen to answer."""

from __future__ import annotations

# Thousandths of an em, from Arial's metrics; a letter that is not here counts as a digit.
WIDTHS = {
    **dict.fromkeys("ijl'|", 222),
    **dict.fromkeys(" !,./:;ItfI[]\\", 278),
    **dict.fromkeys("()-r`", 333),
    **dict.fromkeys("ckszvxyJ", 500),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM", 833),
    **dict.fromkeys("FTZ", 611),
    "W": 944,
    "%": 889,
}
DIGIT = 556
EM = 12.7155  # 1,024 letters A in one cell made a column of 8,691 pixels, margins included
MARGINS = 6


def text_width(text: str) -> float:
    """Return the pixels that a column needs to show a text, its margins included; 0 for no text."""
    if not text:
        return 0
    longest = max(sum(WIDTHS.get(letter, DIGIT) for letter in line) for line in text.split("\n"))
    return longest / 1000 * EM + MARGINS
