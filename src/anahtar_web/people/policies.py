"""Who may ask for which address of allauth, whose views carry no `@reads` or `@writes` of ours.

Every address of allauth stands here by its name; one that does not stops the start, so that no upgrade opens a door
that nobody has looked at. `CLOSED` addresses answer 404 to everybody.
"""

from typing import Final, Literal, TypeAlias

from anahtar_web.gate.policy import Policy

Closed: TypeAlias = Literal["closed", "closed without provider"]

_READ: Final = frozenset({"GET", "HEAD"})
_BOTH: Final = _READ | {"POST"}
PUBLIC: Final = Policy(_BOTH, public=True)
PUBLIC_PAGE: Final = Policy(_READ, public=True)
SIGNED_IN: Final = Policy(_BOTH)
SIGNED_IN_PAGE: Final = Policy(_READ)
CLOSED: Final = "closed"
WITH_PROVIDER: Final = "closed without provider"
"""Public where the company has an OpenID provider, else absent."""

POLICIES: Final[dict[str, "Policy | Closed"]] = {
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC_PAGE,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC_PAGE,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC_PAGE,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    # An administrator names the address; nobody signs up, adds an address or gets a code by mail.
    "account_signup": CLOSED,
    "account_email": CLOSED,
    "account_email_verification_sent": CLOSED,
    "account_confirm_email": CLOSED,
    "account_confirm_login_code": CLOSED,
    "mfa_index": SIGNED_IN_PAGE,
    "mfa_authenticate": PUBLIC,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN_PAGE,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN_PAGE,
    "mfa_list_webauthn": SIGNED_IN_PAGE,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_login_webauthn": PUBLIC,
    "usersessions_list": SIGNED_IN,
    "socialaccount_login_cancelled": WITH_PROVIDER,
    "socialaccount_login_error": WITH_PROVIDER,
    "openid_connect_login": WITH_PROVIDER,
    "openid_connect_callback": WITH_PROVIDER,
    "socialaccount_signup": CLOSED,
    "socialaccount_connections": CLOSED,
}
