"""The programme's past projects, and how to find those on the same subject."""
