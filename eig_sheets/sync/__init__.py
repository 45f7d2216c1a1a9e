"""Computes plans from a snapshot: target state, nightly synchronisation, sending of e-mails, init. Pure."""
