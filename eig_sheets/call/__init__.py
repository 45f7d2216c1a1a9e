"""What a call for projects is, step by step: applications, scoring, co-financing, selection, jury, report."""
