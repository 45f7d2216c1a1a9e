"""What a call may have, and need not: a folder each, which nothing else of the program imports."""
