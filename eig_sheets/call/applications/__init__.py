"""Applications: received from a form, checked, eligible or not."""
