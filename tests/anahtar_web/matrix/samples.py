"""What stands for the parameters of addresses: one object of the firm for each, and who may know of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from anahtar_web.reports.tokens import token_of
from tests.anahtar_web.matrix.addresses import Address
from tests.anahtar_web.matrix.firm import SEES_ACME, SEES_ALL, SEES_IMPORTS, Firm

ABSENT: Final = 999_999_999
"""A key no row has."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One value of a parameter."""

    value: Callable[[Firm], Any]
    seen_by: frozenset[str] | None = None
    """Who of the cast may know of the object; None: whoever may call the address."""
    may: frozenset[str] | None = None
    """Who of those may do what the address does; the others are answered 403. None: whoever knows of it."""
    absent: Any = ABSENT
    """A value of the same kind behind which there is nothing."""
    from_zero: bool = False
    """Whether 0 is one of them, as of versions: the one that comes with the program."""


_JOB: Final = Sample(lambda firm: firm.objects["job"].pk, SEES_IMPORTS)
_OWN_JOB: Final = Sample(_JOB.value, SEES_IMPORTS, may=frozenset({"admin", "head", "analyst"}))
_KEY: Final = Sample(lambda firm: firm.objects["key"].pk)
_ACCOUNT: Final = Sample(lambda firm: firm.accounts["acme"].pk, SEES_ACME)
_FILE: Final = Sample(lambda firm: firm.objects["document"].pk, SEES_ACME)
_OPEN_TENDER: Final = Sample(lambda firm: firm.objects["open_tender"].pk, SEES_ACME)
_KAM: Final = frozenset({"kam"})

_OFFERING: Final = frozenset({"admin", "director", "head", "kam", "stranger"})
"""Who reads what is offered, of those who write."""
_OFFERS: Final = {
    "edit_offer": "draft",
    "submit": "draft",
    "decide": "waiting",
    "send": "approved",
    "answer": "sent",
    "withdraw": "sent",
}


def _offer(kind: str) -> Sample:
    return Sample(lambda firm: firm.objects[f"{kind} offer"].pk, SEES_ACME, may=_OFFERING)


SAMPLES: Final[dict[str, Sample]] = {
    "accounts:pk": _ACCOUNT,
    "deliveries:pk": _ACCOUNT,
    "deliveries:line": Sample(lambda firm: firm.objects["delivery"].pk, SEES_ACME),
    "history:pk": _ACCOUNT,
    "insight:pk": _ACCOUNT,
    "strategies:pk": _ACCOUNT,
    "risks:pk": _ACCOUNT,
    "risks:reason:pk": Sample(lambda firm: firm.objects["loss reason"].pk),
    "foresight:pk": _ACCOUNT,
    "risks:case": Sample(lambda firm: firm.objects["case of acme"].pk, SEES_ACME),
    "briefing:pk": _ACCOUNT,
    "competitors:pk": _ACCOUNT,
    "stakeholders:decision": Sample(lambda firm: firm.objects["decision of acme"].pk, SEES_ACME),
    "competitors:presence": Sample(lambda firm: firm.objects["attack on acme"].pk, SEES_ACME),
    **{
        f"competitors:{name}:pk": Sample(lambda firm: firm.objects["competitor"].pk)
        for name in ("one", "edit", "merge")
    },
    "files:pk": _ACCOUNT,
    "privacy:pk": _ACCOUNT,
    "privacy:who": Sample(lambda firm: firm.objects["acme_clerk"].pk, SEES_ACME),
    **{f"files:{name}:pk": _FILE for name in ("download", "preview", "remove")},
    "stakeholders:pk": _ACCOUNT,
    "stakeholders:who": Sample(lambda firm: firm.objects["acme_clerk"].pk, SEES_ACME),
    "stakeholders:line": Sample(lambda firm: firm.objects["acme_line"].pk, SEES_ACME),
    "stakeholders:address": Sample(lambda firm: firm.objects["acme_point"].pk, SEES_ACME),
    "stakeholders:colleague": Sample(lambda firm: firm.people["kam"].pk),
    "stakeholders:field": Sample(lambda _firm: "position", absent="left_on"),
    "strategies:code": Sample(lambda _firm: "AX", absent="AA"),
    "dossier:pk": _ACCOUNT,
    "dossier:fact": Sample(lambda firm: firm.objects["fact"].pk, SEES_ACME),
    "dossier:kind": Sample(lambda _firm: "goal", absent="nothing"),
    "dossier:sheet": Sample(lambda _firm: "contract", absent="nothing"),
    "dossier:row": Sample(lambda firm: firm.objects["contract"].pk, SEES_ACME),
    "strategies:number": Sample(lambda _firm: 1, from_zero=True),
    "interactions:pk": _ACCOUNT,
    "interactions:dropped:pk": Sample(lambda firm: firm.objects["dropped"].pk, frozenset({"kam"})),
    "interactions:interaction": Sample(lambda firm: firm.objects["interaction"].pk, SEES_ACME),
    "interactions:participant": Sample(lambda firm: firm.objects["participant"].pk, SEES_ACME),
    "interactions:step": Sample(lambda firm: firm.objects["step"].pk, SEES_ACME),
    "interactions:token": Sample(lambda firm: firm.objects["calendar"], absent="nothing"),
    "signals:pk": _ACCOUNT,
    "signals:signal": Sample(lambda firm: firm.objects["signal"].pk, SEES_ACME),
    "signals:take_up:signal": Sample(lambda firm: firm.objects["put off"].pk, SEES_ACME),
    "tenders:pk": Sample(lambda firm: firm.objects["tender"].pk, SEES_ACME),
    "tenders:account:pk": _ACCOUNT,
    "tenders:new_of:pk": _ACCOUNT,
    "tenders:decide:pk": _OPEN_TENDER,
    "tenders:move:pk": _OPEN_TENDER,
    "tenders:reason:pk": Sample(lambda firm: firm.objects["reason"].pk),
    **{f"tenders:{name}:pk": Sample(lambda firm: firm.objects["opened"].pk, _KAM) for name in ("import", "bring")},
    **{f"tenders:{name}:pk": Sample(lambda firm: firm.objects["brought"].pk, _KAM) for name in ("take_back", "left")},
    "schedules:run": Sample(lambda firm: firm.objects["compared run"].pk),
    "closings:pk": Sample(lambda firm: firm.objects["closed month"].pk),
    "winbacks:case": Sample(lambda firm: firm.objects["loss case of acme"].pk, SEES_ACME),
    "winbacks:new_offer:case": Sample(lambda firm: firm.objects["loss case of acme"].pk, SEES_ACME, may=_OFFERING),
    **{f"winbacks:{name}:pk": _offer(kind) for name, kind in _OFFERS.items()},
    "winbacks:offer:pk": Sample(lambda firm: firm.objects["waiting offer"].pk, SEES_ACME),
    **{
        f"winbacks:{name}:pk": Sample(lambda firm: firm.objects["winback list"].pk)
        for name in ("list", "edit_list", "open_cases", "export")
    },
    **{
        f"winbacks:{name}:pk": Sample(lambda firm: firm.objects["campaign"].pk)
        for name in ("campaign", "edit_campaign")
    },
    "winbacks:start:pk": Sample(lambda firm: firm.objects["campaign"].pk, may=_OFFERING),
    "winbacks:end:pk": Sample(lambda firm: firm.objects["running campaign"].pk),
    "jobs:pk": _JOB,
    "jobs:cancel:pk": _OWN_JOB,
    "jobs:try_again:pk": _OWN_JOB,
    "ledgers:pk": Sample(lambda firm: firm.objects["import"].pk, SEES_IMPORTS),
    **{
        f"ledgers:{name}:pk": Sample(lambda firm: firm.objects["checked"].pk, SEES_IMPORTS)
        for name in ("file", "mapping", "preview", "checks", "confirm", "cancel")
    },
    "sources:pk": Sample(lambda firm: firm.objects["source"].pk, SEES_IMPORTS),
    "ledgers:file": Sample(lambda firm: firm.objects["file"].pk, SEES_IMPORTS),
    "ledgers:forget_mapping:pk": Sample(lambda firm: firm.objects["mapping"].pk, SEES_IMPORTS),
    **{
        f"insight:{name}:pk": Sample(lambda firm: firm.objects["view"].pk, frozenset({"kam"}))
        for name in ("change_view", "rename_view", "open_with_view", "delete_view")
    },
    "reports:pk": Sample(lambda firm: firm.objects["report"].pk, frozenset({"kam"})),
    "reports:token": Sample(lambda firm: token_of(firm.objects["report"].pk, firm.people["kam"].pk), absent="nothing"),
    "accounts:other": Sample(lambda firm: firm.accounts["foundry"].pk, SEES_ALL),
    "accounts:merge": Sample(lambda firm: firm.objects["merge"].pk, SEES_ALL),
    "accounts:dismissal": Sample(lambda firm: firm.objects["dismissal"].pk, SEES_ALL),
    "accounts:assignment": Sample(lambda firm: firm.objects["assignment"].pk, SEES_ACME),
    "people:demo_sign_in:pk": Sample(lambda firm: firm.people["kam"].pk, frozenset()),
    "people:pk": Sample(lambda firm: firm.people["kam"].pk),
    # Of packages: nothing of the firm stands behind these.
    "mfa_remove_webauthn:pk": _KEY,
    "mfa_edit_webauthn:pk": _KEY,
    "account_confirm_email:key": Sample(lambda _firm: "none", absent="nothing"),
    "account_reset_password_from_key:uidb36": Sample(lambda _firm: "1", absent="zz"),
    "account_reset_password_from_key:key": Sample(lambda _firm: "set-password", absent="nothing"),
    "openid_connect_login:provider_id": Sample(lambda _firm: "company", absent="nothing"),
    "openid_connect_callback:provider_id": Sample(lambda _firm: "company", absent="nothing"),
}
"""`room:parameter`, or `name of the address:parameter` where an address needs one of its own."""


class NoSample(Exception):
    """An address has a parameter for which nobody has said what to fill in."""


def sample(address: Address, parameter: str) -> Sample:
    """Find what stands for a parameter; the address's own sample goes before that of its room."""
    for key in (f"{address.name}:{parameter}", f"{address.room}:{parameter}"):
        if key in SAMPLES:
            return SAMPLES[key]
    raise NoSample(
        f"{address.name} has the parameter {parameter!r}: add '{address.room}:{parameter}' to SAMPLES in "
        "tests/anahtar_web/matrix/samples.py, with an object of the firm and who may know of it."
    )


def samples(address: Address) -> dict[str, Sample]:
    """Give the sample of each parameter of an address."""
    return {parameter: sample(address, parameter) for parameter in address.parameters}


ABSENT_NOW: Final = {
    "people:demo": "there is a demo in demo mode only",
    "people:demo_sign_in": "there is a demo in demo mode only",
    "company:setup": "there is a first start while nobody is there",
}
"""Addresses that answer 404 to everybody in this firm, and why. Their own tests open them."""


ASKING: Final[dict[str, Callable[[Firm], str]]] = {
    "accounts:assign": lambda firm: f"?id={firm.accounts['acme'].pk}",
    "accounts:find": lambda firm: "?field=group&group=qz",
    "insight:matrix_thresholds": lambda firm: "?abc_a=55&abc_b=85&xyz_x=35&xyz_y=90",
    "search:results": lambda firm: "?q=qz",
    "ui:palette": lambda firm: "?q=qz",
}
"""What has to stand behind an address, or there is nothing to show."""


def filled_in(firm: Firm, address: Address) -> str:
    """Give the address of the firm's sample objects."""
    path = address.url({name: sample.value(firm) for name, sample in samples(address).items()})
    return path + (ASKING[address.name](firm) if address.name in ASKING else "")
