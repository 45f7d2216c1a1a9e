"""What the demonstration has of auditions, in its rows and in what is done with them."""

ROWS = {"Planning des auditions": 26}
QUIET = (("jury", "schedule"),)
"""Commands that then write nothing more."""
ACTS = (("jury", "schedule"), ("jury", "schedule", "--adjust"))
"""Commands of the jury at work."""
