"""The jury's pages: the grille of a juror and their declaration, as they are made and as they come back."""
