"""The tabs of the ten months that people see in a demonstration, each with the first day on which they do."""

SINCE = {"Suivi": "2021-07-01"}
