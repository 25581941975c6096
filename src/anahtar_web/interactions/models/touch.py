"""When an account was last touched and will be next, kept in step so that lists can be ordered by it."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from anahtar_web.accounts.models import Account


class AccountTouch(models.Model):
    """One row per account that was ever touched or is going to be.

    The first half is of the account itself; the second half, `all_…`, of it and of everything below it: its companies
    and the accounts merged into it. Lists and pages show the second half.
    """

    account = models.OneToOneField(Account, models.CASCADE, related_name="touch", primary_key=True)
    last_in = models.DateField(null=True)
    last_out = models.DateField(null=True)
    last_any = models.DateField(null=True)
    last_visit = models.DateField(null=True)
    """The last visit or meeting face to face."""
    next_on = models.DateField(null=True)
    next_owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recount_on = models.DateField(null=True, db_index=True)
    """The day of the first interaction still to come: on that day it is a touch, and the row is counted again."""

    all_last_in = models.DateField(null=True)
    all_last_out = models.DateField(null=True)
    all_last_any = models.DateField(null=True, db_index=True)
    all_last_visit = models.DateField(null=True)
    all_next_on = models.DateField(null=True, db_index=True)
    all_next_owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects: ClassVar = models.Manager()

    class Meta:
        verbose_name = "touch of an account"

    def __str__(self) -> str:
        return str(self.account)
