"""The tabs of advice that people see in a demonstration, each with the first day on which they do."""

SINCE = {"Créneaux": "2021-01-01"}
