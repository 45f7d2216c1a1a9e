"""Personal data, as the program and its features declare it: what is kept where, and the columns that name people."""
