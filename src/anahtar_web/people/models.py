"""People who sign in."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from anahtar_web.gate.rights import FIELDS, RIGHTS, Field, Right, Role
from anahtar_web.gate.versions import Versioned


class UserManager(BaseUserManager["User"]):
    """Makes people; addresses are kept in lower case, so that one person has one."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a person; without a password they set one by mail."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find somebody by address, however it is typed."""
        return self.get(email=(username or "").strip().lower())


class User(Versioned, AbstractBaseUser):
    """A person of the company, with one role."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.KAM)
    language = models.CharField(_("language"), max_length=5, default="en")
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)
    session_stamp = models.PositiveIntegerField(default=0, editable=False)
    """Part of every session and of every link that was mailed: raised, all of them are dead at once."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="a_person_has_a_known_role"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def may(self, right: Right) -> bool:
        """Whether this person's role has a right."""
        return self.is_active and right in RIGHTS[Role(self.role)]

    def sees(self, field: Field) -> bool:
        """Whether this person's role sees a protected kind of figure."""
        return self.is_active and field in FIELDS[Role(self.role)]

    @property
    def is_waiting(self) -> bool:
        """Whether the person was invited and has not set a password yet."""
        return self.is_active and not self.has_usable_password() and self.last_login is None

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Give what a session is checked against at every request.

        Django takes the password alone, so that a lock or another role would leave sessions alive until they age out.
        """
        held = f"{self.password}:{self.session_stamp}"
        return salted_hmac("anahtar.people.session", held, secret=secret, algorithm="sha256").hexdigest()
