"""What the commands of personal data that documentation tells to type want."""

LEFT_OUT = [("archives", "purge")]
