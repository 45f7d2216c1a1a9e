"""The ranking explained: the page that everybody may read, and the answer to an applicant."""
