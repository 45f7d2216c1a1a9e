"""The Google Sheets backend."""
