"""Renders results as the rows of the robot's tabs. Pure: frames and codes in, rows of cells out."""
