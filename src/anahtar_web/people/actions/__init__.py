"""What can happen to people."""

from anahtar_web.people.actions.editing import (
    UnableToChangeOwnRole,
    UnableToLoseLastAdministrator,
    change_profile,
    choose_language,
    edit,
)
from anahtar_web.people.actions.ending import forget_ended_sessions
from anahtar_web.people.actions.factors import UnableToRemoveOwnFactors, remove_factors
from anahtar_web.people.actions.inviting import UnableToInvite, UnableToSendLink, invite, renew_link
from anahtar_web.people.actions.locking import UnableToLockOneself, lock, unlock
from anahtar_web.people.actions.setting_up import UnableToSetUp, make_cast, make_first_administrator

__all__ = [
    "UnableToChangeOwnRole",
    "UnableToInvite",
    "UnableToLockOneself",
    "UnableToLoseLastAdministrator",
    "UnableToRemoveOwnFactors",
    "UnableToSendLink",
    "UnableToSetUp",
    "change_profile",
    "choose_language",
    "edit",
    "forget_ended_sessions",
    "invite",
    "lock",
    "make_cast",
    "make_first_administrator",
    "remove_factors",
    "renew_link",
    "unlock",
]
