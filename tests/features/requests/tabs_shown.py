"""The tab of requests that people see in a demonstration, with the first day on which they do."""

SINCE = {"Demandes": "2021-01-01"}
