"""The server to which e-mails that officers ask to send go."""

from tests.end_to_end.sending.conftest import post

__all__ = ["post"]
