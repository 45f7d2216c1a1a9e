"""Formulas, evaluated far enough to see what people would see."""
