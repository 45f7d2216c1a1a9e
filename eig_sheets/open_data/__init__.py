"""Open data of a call (`export --to DIR`): the selected projects → rows → CSV, JSON, Table Schema, Data Package."""
