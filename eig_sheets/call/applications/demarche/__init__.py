"""Démarche Numérique's API: its client, and what its answers say of dossiers."""
