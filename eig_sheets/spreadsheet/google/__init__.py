"""The Google Sheets backend of the workbook."""
