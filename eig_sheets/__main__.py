"""`python -m eig_sheets` is the `eig-sheets` command."""

from eig_sheets.cli import main

if __name__ == "__main__":
    main()
