"""The backend of Grist documents: reading is one download, writing one atomic list of actions."""
