"""The selection under limits: which dossiers, why, what each limit costs, what comes next.

`problem` says what is chosen among and under which bounds, `solver` finds the best sets, `comparison` explains them
beside the pure ranking, `reserve` says who comes next.
"""
