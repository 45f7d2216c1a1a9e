"""eig-sheets: run a call for projects from a shared spreadsheet."""

__version__ = "0.1.0"
