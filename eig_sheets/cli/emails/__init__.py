"""Commands about e-mails: what is due, drafts, sending."""
