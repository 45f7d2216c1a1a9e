"""The minutes of the jury's deliberation: what is known of it, and the blanks that the team completes and signs."""
