"""Sources are refreshed before each scheduled analysis, once; a refresh that fails does not keep it from being made."""

from datetime import datetime

from anahtar_web.ledgers.models import Import, State
from anahtar_web.sources.actions import UnableToAsk, ask_for_refresh
from anahtar_web.sources.models import Source
from anahtar_web.sources.queries import is_followed, sources


def hold(due_at: datetime) -> bool:
    """Ask for the refreshes that belong before a scheduled analysis; whether one of them is still at work."""
    followed = [source for source in sources().filter(scheduled=True) if is_followed(source)]
    for source in followed:
        _ask_once(source, due_at)
    return any(_works(source) for source in followed)


def _ask_once(source: Source, due_at: datetime) -> None:
    if source.asked_for == due_at:
        return
    try:
        ask_for_refresh(source, by=None, due_at=due_at)
    except UnableToAsk:
        # At work for somebody, or an import of it waits: the next round looks again.
        return


def _works(source: Source) -> bool:
    source.refresh_from_db()
    if source.job is not None and not source.job.ended:
        return True
    return Import.objects.filter(table=source.address.source, state=State.IMPORTING).exists()
