"""The jury's documents: a page for its meeting, and the minutes of what it decided."""
