"""Scoring: notes of the jury, their correction for severity, the ranking and how sure it is."""
