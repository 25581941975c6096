"""The firm's losses: what its run found, and what somebody said of two accounts."""

from anahtar.analysis import keeping
from anahtar.analysis.losing.losses import losses
from anahtar_web.accounts.models import Account
from anahtar_web.insight.models import Run
from anahtar_web.insight.publishing import folder_of, runs_folder
from anahtar_web.ledgers.queries import live_batches
from anahtar_web.losses import publishing
from anahtar_web.losses.models import LossReport, PartialLoss, Succession, WayBack
from tests.anahtar_web.matrix.canaries import Canary
from tests.anahtar_web.matrix.firm import SEES_ALL, Firm


def look_for_losses(firm: Firm) -> None:
    """Plant them."""
    run = Run.objects.get(current=True)
    if not LossReport.objects.filter(run=run).exists():
        accounts = dict(Account.objects.values_list("code", "pk"))
        analysis = keeping.load(folder_of(run))
        found = losses(live_batches(), analysis, workspace=runs_folder().parent / "facts")
        publishing.write(found, run, accounts)
    acme, birch = firm.accounts["acme"], firm.accounts["birch"]
    day = run.last_date
    PartialLoss.objects.create(
        **{"run": run, "account": acme, "code": "QzDir", "name": "QzDir", "state": "lost", "gap_mean": 9.5},
        **{"last_purchase": day, "expected": day, "silence": 90, "purchase_days": 9, "silences_as_long": 0},
        revenue=733_310_000,
    )
    if not WayBack.objects.filter(run=run).exists():
        silent = {"last_purchase": day, "silence": 90, "times_lost": 1, "revenue": 411_770_000}
        WayBack.objects.create(run=run, account=acme, **silent)
    Succession.objects.create(old=acme, new=birch, goes_on=False, reason="QzTwoOwners", by=firm.people["head"])
    firm.canaries.append(Canary("QzTwoOwners", "a word about Acme and Birch", SEES_ALL))
