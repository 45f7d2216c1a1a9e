"""Personal data: what is kept where and why, what concerns a person, what may go, and what must stay."""
