"""Links that set a password: good for three days, for one use, and only until the person is locked or gets another."""

from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator


class LinkTokens(PasswordResetTokenGenerator):
    """Makes and checks the token of a link."""

    key_salt = "anahtar.people.link"

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        """Tie the token to the password (used once), the last sign-in, the address and the stamp (taken back)."""
        return f"{super()._make_hash_value(user, timestamp)}:{user.session_stamp}:{user.is_active}"
