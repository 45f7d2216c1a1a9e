"""Trouble told to the person who operates the robot: nights that fail, and the health URL of a cron."""
