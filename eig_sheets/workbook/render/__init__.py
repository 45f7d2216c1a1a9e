"""Results → the cells that the robot wants to show. Pure: frames and codes in, sheets out."""
