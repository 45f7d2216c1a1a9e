"""The model of a workbook that all backends share: cells, snapshots, sheets, plans."""
