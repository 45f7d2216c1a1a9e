"""What is run of this feature on a damaged workbook, or not, and why."""

LEFT_OUT = {("pull",): "copies cells as they are"}
