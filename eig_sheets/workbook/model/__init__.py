"""What every spreadsheet program has in common: cells, snapshots, sheets, plans."""
