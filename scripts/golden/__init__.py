"""The parts of scripts/golden_record.py, which says what it is for."""
