"""The e-mails of a campaign: the catalogue of those there are, when each is due, and how far one can get."""
