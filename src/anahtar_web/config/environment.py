"""What is set from outside: environment variables, read by three readers that refuse nonsense.

Every setting is declared once in `SETTINGS`; `docs/settings.md` is made from it, and a variable that begins with
`ANAHTAR_` and is not declared stops the start, because a misspelled safety setting is worse than none.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

PREFIX: Final = "ANAHTAR_"


class UnableToStart(Exception):
    """A setting makes no sense; the sentence says which and what it may be."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable: its name without the prefix, what holds without it, and what it does."""

    name: str
    default: str
    help: str
    secret: bool = False
    """May also be given as `NAME_FILE`, the path of a file that holds it."""


SETTINGS: Final = (
    Setting("DATA", "var", "folder of everything that is kept: database, ledger, runs, uploads"),
    Setting(
        "DATABASE_URL", "", "empty for SQLite in the data folder, or postgresql://user:password@host:port/name", True
    ),
    Setting("SECRET_KEY", "", "signs sessions and links; without it one is made and kept in the data folder", True),
    Setting("HOSTS", "127.0.0.1,localhost", "names under which the application may be asked for, separated by commas"),
    Setting("ORIGIN", "", "https address people use (https://key.example.com); switches everything to HTTPS only"),
    Setting("DEBUG", "False", "True shows programmers' error pages; never on a network"),
    Setting("DEMO", "False", "True offers a page that signs a visitor in as any of the demo company's cast"),
    Setting("PROXIES", "0", "how many reverse proxies stand in front, so that the address of a visitor can be told"),
    Setting("SMTP_URL", "", "smtp://user:password@host:587 (smtps:// for TLS); without it mail is kept as files", True),
    Setting("MAIL_FROM", "anahtar@localhost", "sender of the mails"),
    Setting("IMAP_HOST", "", "mail server whose folder is read for mails with customers; empty: none is read"),
    Setting("IMAP_PORT", "993", "its port"),
    Setting("IMAP_TLS", "True", "False speaks in the clear; only with a server on this machine"),
    Setting("IMAP_USER", "", "who signs in there"),
    Setting("IMAP_PASSWORD", "", "the password for that", True),
    Setting("IMAP_FOLDER", "INBOX", "the folder that is read"),
    Setting("IMAP_MOVE_TO", "", "folder to which what was read is moved; empty: the folder is read and left as it is"),
    Setting("IMAP_MINUTES", "5", "after how many minutes the folder is looked into again, 1 to 1440"),
    Setting(
        "SOURCE_HOSTS",
        "",
        "database servers whose tables may be named as sources, separated by commas (erp-db.example.com); empty: none",
    ),
    Setting(
        "SOURCE_PASSFILE",
        "",
        "file with their passwords, a line for each: host:port:database:user:password (mode 0600); empty: PGPASSWORD, "
        "PGPASSFILE or ~/.pgpass",
    ),
    Setting("REPORT_DAY", "1", "day of the month from which on monthly reports are mailed, 1 to 28"),
    Setting("REPORT_HOUR", "7", "hour of that day, in the company's time zone, 0 to 23"),
    Setting("OIDC_SERVER", "", "address of an OpenID Connect provider; offers sign-in through it"),
    Setting("OIDC_NAME", "Single sign-on", "what the button for that provider says"),
    Setting("OIDC_CLIENT", "", "client id at that provider"),
    Setting("OIDC_SECRET", "", "client secret at that provider", True),
    Setting(
        "OIDC_TRUST_ADDRESSES",
        "False",
        "True takes addresses that the provider does not call verified; only where nobody can change the own one there",
    ),
    Setting("UPLOAD_MB", "2048", "largest file that may be uploaded, in megabytes"),
    Setting("UPLOAD_QUOTA_MB", "8192", "how much one person may have uploaded and not yet imported, in megabytes"),
    Setting("ATTACHMENT_MB", "50", "largest document that may be put into a dossier, in megabytes"),
    Setting("ACCOUNT_FILES_MB", "2048", "how much the documents of one account may take together, in megabytes"),
    Setting(
        "CLAMAV", "", "socket of clamd (/run/clamav/clamd.ctl or host:3310): no document is kept that it has not passed"
    ),
    Setting(
        "ERASURES",
        "",
        "file of the journal of erased persons; empty: in the data folder. Put it where it outlives a restore",
    ),
    Setting("FREE_DISK_MB", "500", "imports and documents are refused while less than this is free in the data folder"),
)
"""Every variable there is."""

_DECLARED: Final = {setting.name: setting for setting in SETTINGS}


def origins(address: str) -> list[str]:
    """Give scheme, host and port of an address as a list of one; of no address, an empty list."""
    parts = urlsplit(address)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


class Environment:
    """The variables of one process."""

    def __init__(self, variables: Mapping[str, str] | None = None) -> None:
        self._variables = os.environ if variables is None else variables
        self._refuse_unknown()

    def _refuse_unknown(self) -> None:
        known = {PREFIX + name for name in _DECLARED} | {PREFIX + s.name + "_FILE" for s in SETTINGS if s.secret}
        unknown = sorted(name for name in self._variables if name.startswith(PREFIX) and name not in known)
        if unknown:
            raise UnableToStart(f"{', '.join(unknown)}: no such setting. docs/settings.md lists all of them.")

    def text(self, name: str) -> str:
        """Read a setting as it stands; a secret may come from a file, which has to be there when named."""
        setting = _DECLARED[name]
        path = self._variables.get(f"{PREFIX}{name}_FILE", "") if setting.secret else ""
        if path:
            try:
                return Path(path).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise UnableToStart(f"{PREFIX}{name}_FILE names {path}, which cannot be read: {error}.") from error
        return self._variables.get(PREFIX + name, setting.default).strip()

    def flag(self, name: str) -> bool:
        """Read True or False; anything else is refused."""
        text = self.text(name)
        if text not in ("True", "False"):
            raise UnableToStart(f"{PREFIX}{name} is {text!r}; it may be True or False.")
        return text == "True"

    def number(self, name: str) -> int:
        """Read a whole number from zero up."""
        text = self.text(name)
        if not text.isdecimal():
            raise UnableToStart(f"{PREFIX}{name} is {text!r}; it has to be a whole number.")
        return int(text)

    def between(self, name: str, least: int, most: int) -> int:
        """Read a whole number within bounds."""
        value = self.number(name)
        if not least <= value <= most:
            raise UnableToStart(f"{PREFIX}{name} is {value}; it may be {least} to {most}.")
        return value

    def names(self, name: str) -> list[str]:
        """Read a list separated by commas."""
        return [part.strip() for part in self.text(name).split(",") if part.strip()]
