"""The commands of the community on a damaged workbook."""

LEFT_OUT = {("projects", "search"): "of past calls"}
