"""Text: French typography, and confusable letters."""
