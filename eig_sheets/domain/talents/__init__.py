"""The rules of the call for talents: who may be a candidate, which projects they choose, what the jury thinks."""
