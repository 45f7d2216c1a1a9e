"""What is run of this feature on a damaged workbook, or not, and why."""

LEFT_OUT = {("doctor",): "looks at the installation"}
