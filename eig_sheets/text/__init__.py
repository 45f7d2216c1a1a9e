"""Text: French typography, and letters that are taken for others."""
