"""What a jury reviews, dossiers or what a feature adds: its notes, their pages, who steps aside, who reads what."""
