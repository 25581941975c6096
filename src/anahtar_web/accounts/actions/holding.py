"""An account that is about to change: nobody else changes it meanwhile, and it is no history."""

from django.utils.translation import gettext as _

from anahtar_web.accounts.models import Account
from anahtar_web.gate.refusals import Refused


class UnableToChangeMerged(Refused):
    """An account that goes on under another is history: only that other one changes."""

    def __init__(self, account: Account) -> None:
        super().__init__(
            _("%(account)s goes on under %(target)s. Make the change there, or undo the merge first.")
            % {"account": account, "target": account.merged_into}
        )


def held(account: Account) -> Account:
    """Lock an account until the end of the transaction and read it anew.

    Raises
    ------
    UnableToChangeMerged
        It goes on under another.
    """
    fresh: Account = Account.objects.select_for_update().get(pk=account.pk)
    if fresh.merged_into_id is not None:
        raise UnableToChangeMerged(fresh)
    return fresh
