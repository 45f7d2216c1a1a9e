"""Findings about a set-up, but for the workbook itself, whose backend makes its own. Pure."""
