"""The spreadsheets: their cells, in an .xlsx file, a Google Sheet or a Grist document; no tab means anything here."""
