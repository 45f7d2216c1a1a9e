"""The local .xlsx backend: the package is edited, never rewritten."""
