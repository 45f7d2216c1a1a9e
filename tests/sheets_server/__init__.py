"""A stand-in for Google Sheets: a real HTTP server that real gspread talks to.

It answers as Google was recorded to (DIFFERENCES.md lists what differs), reads and writes what Google's discovery
documents say, and answers 501 with a name to what it does not do.
"""
