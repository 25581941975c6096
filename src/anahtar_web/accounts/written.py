"""Where people write words of accounts. Code and name are the ledger's, and an account is no person of ours."""

from anahtar_web.accounts.models import Account, KeyDecision, Merge
from anahtar_web.audit.written import register
from anahtar_web.gate.models import Submission
from anahtar_web.jobs.models import Job

_LEDGERS = ("code", "name", "ledger_name", "ledger_group", "search_key", "sort_key", "created_by_batch")


def tell_where_words_stand() -> None:
    """Tell of the tables; called when the program starts."""
    register(Account, account="pk", without=(*_LEDGERS, "country", "tax_number"))
    register(Merge, account="source", without=("kept",))
    register(KeyDecision, without=("types", "computed"))
    # Of apps below, which know of no accounts: what a form was answered, and what a job says of itself.
    register(Submission, account="", without=("token",), told=False)
    register(Job, account="", without=("kind", "fault", "subject_type", "subject_id", "worker"), told=False)
