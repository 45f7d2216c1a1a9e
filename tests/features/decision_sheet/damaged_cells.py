"""The command of the decider's sheet on a damaged workbook."""

COMMANDS = (("decision-sheet", "--to", "FICHE.docx"),)
