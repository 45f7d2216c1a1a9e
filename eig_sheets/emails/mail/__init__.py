"""E-mails: templates and messages."""
