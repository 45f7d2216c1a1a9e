"""What `live_check.py` confirms on a real Google Sheet, behaviour by behaviour."""
