"""A local copy of a Google spreadsheet (`pull`): Google’s JSON → what the copy holds (pure) → an .xlsx file."""
