"""The ranking explained to an applicant, and what any explanation of it has."""
