"""What can happen to the documents of an account, and to the company's logo."""

from anahtar_web.files.actions.attaching import AlreadyAttached, Checked, UnableToAttach, attach, check
from anahtar_web.files.actions.choosing import UnableToChoose, choose
from anahtar_web.files.actions.lettering import UnableToTakeLogo, put_logo, take_logo_off
from anahtar_web.files.actions.removing import UnableToRemove, remove

__all__ = [
    "AlreadyAttached",
    "Checked",
    "UnableToAttach",
    "UnableToChoose",
    "UnableToRemove",
    "UnableToTakeLogo",
    "attach",
    "check",
    "choose",
    "put_logo",
    "remove",
    "take_logo_off",
]
