"""The selection under limits: which dossiers, why, what each limit costs, who comes next."""
