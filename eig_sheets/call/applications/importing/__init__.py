"""Import of a Démarches Simplifiées export: comparison with the tab `Candidatures`, without writing."""
