"""Where e-mails go: a folder, a mailbox's drafts, Gmail's drafts, or out by SMTP. One interface for all."""
