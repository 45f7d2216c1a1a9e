"""What the demonstration tells people to do next with its auditions, and the code with which it ends."""

NEXT = [(["jury", "schedule", "--check"], 1)]  # a juror cannot come
