"""Documents that the program writes: sections, tables, a checksum that tells whether somebody changed them."""
