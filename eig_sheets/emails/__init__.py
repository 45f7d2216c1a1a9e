"""E-mails: a catalogue of templates, drafting, the outbox, messages, and the outlets by which they leave."""
