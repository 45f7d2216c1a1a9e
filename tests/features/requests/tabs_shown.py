"""The tabs of requests in a demonstration: that which people see, with the first day; that of the robot; its column."""

SINCE = {"Demandes": "2021-01-01"}
ROBOT_TABS = ("Réponses",)
ROBOT_HEADERS = {"Demandes": ("Réponse",)}
