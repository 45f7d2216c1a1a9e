"""A local copy of a Google campaign: Google's JSON → what the copy holds and looks like (pure) → an .xlsx file."""
