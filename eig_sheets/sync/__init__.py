"""From what was read to one plan: target state, the nightly job, sending, init."""
