"""The tabs of advice that people see, in a demonstration of any day."""

NAMES = ("Créneaux",)
