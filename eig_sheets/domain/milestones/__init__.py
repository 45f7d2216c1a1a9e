"""The ten months of the projects that were selected: their milestones, when each is due, how far they are."""
