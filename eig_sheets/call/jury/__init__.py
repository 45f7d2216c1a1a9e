"""The jury: who reads what, who steps aside, what each juror says, how far they are."""
