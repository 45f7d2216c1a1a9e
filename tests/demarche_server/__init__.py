"""A local stand-in for Démarche Numérique's API, over HTTP, with its faults: what tests of its client ask.

`schema` and `stored_queries` are our own, with what we ask for; `official` is the service's own files, where they stand
beside the repository; `dossiers` makes dossiers, plain dictionaries; `service` answers from them; `server` is the HTTP.
"""
