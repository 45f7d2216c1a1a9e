"""Every route of Grist, tried by every kind of account on one document: what must not come out, or come in."""
