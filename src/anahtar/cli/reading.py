"""The options with which a person decides about reading a file, and what is told while it is read."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from anahtar.cli.terminal import Terminal
from anahtar.ledger.columns.mapping_file import read_mapping, write_mapping
from anahtar.ledger.options import DateOrder, ReadOptions
from anahtar.ledger.roles import Role
from anahtar.words import Message, Refusal, Words, say


class UnableToUnderstandOption(Refusal):
    """An option's value is not of its form."""

    def __init__(self, option: str, value: str, form: Message | str) -> None:
        super().__init__(say("{option} {value}: not understood. Write {form}.", option=option, value=value, form=form))


class UnableToReadAgain(Refusal):
    """An option of reading is given for a ledger, whose files are read already."""

    def __init__(self, options: Sequence[str]) -> None:
        super().__init__(
            say(
                "A ledger is analysed as its files were read; {options} would change nothing. "
                "Give it to `anahtar ledger add`, or name the files instead of the ledger.",
                options=", ".join(options),
            )
        )


def add_reading(to: argparse.ArgumentParser, words: Words) -> None:
    """Add the options that decide how a file is read."""
    group = to.add_argument_group(words(say("reading")))
    add = group.add_argument
    add(
        *("--map", "-m"),
        action="append",
        default=[],
        metavar=words(say("ROLE=COLUMN")),
        help=words(say("which column plays a role, e.g. --map customer='Cari Kodu'; [C] is the third column")),
    )
    add("--mapping", type=Path, metavar=words(say("FILE")), help=words(say("a saved mapping to use")))
    add("--save-mapping", type=Path, metavar=words(say("FILE")), help=words(say("where to save the mapping used")))
    add(
        "--decimal",
        choices=(",", "."),
        metavar=words(say("SIGN")),
        help=words(say("the decimal sign (, or .), where the column allows both readings")),
    )
    add(
        "--date-order",
        choices=[order.value for order in DateOrder],
        help=words(say("the order of day, month and year, where the column allows both readings")),
    )
    add("--encoding", metavar=words(say("NAME")), help=words(say("the character set, e.g. cp1254")))
    add(
        "--delimiter",
        metavar=words(say("SIGN")),
        help=words(say("what separates the cells of a text file; TAB for a tabulator")),
    )
    add("--sheet", metavar=words(say("NAME")), help=words(say("the sheet of a workbook")))
    add("--header-row", type=int, metavar="N", help=words(say("the row of the headings, from 1; 0 for none")))
    add("--duplicates", choices=("keep", "drop"), default="keep", help=words(say("what becomes of exact duplicates")))
    add(
        "--leave-out-products",
        default="",
        metavar=words(say("CODES")),
        help=words(say("product codes to set aside, separated by commas: POST,NAKLİYE")),
    )
    add(
        "--dates",
        metavar=words(say("FROM..TO")),
        help=words(say("days a line may carry; others are set aside (1980-01-01..tomorrow)")),
    )
    add("--currency", metavar=words(say("CODE")), help=words(say("the ledger's currency, e.g. TRY")))
    add("--rates", type=Path, metavar=words(say("FILE")), help=words(say("rates into it: currency, date, rate")))
    add("--refuse-above", type=int, metavar="N", help=words(say("stop when more rows than this cannot be read")))
    add(
        "--reader-memory",
        type=int,
        metavar="MB",
        help=words(say("memory the reader may take; a hostile file ends there, not your machine")),
    )


def read_options(arguments: argparse.Namespace, *, today: date) -> ReadOptions:
    """What the options say; a saved mapping first, the command line over it.

    Raises
    ------
    UnableToUnderstandOption
        A value that is not of its form.
    """
    saved = read_mapping(arguments.mapping) if arguments.mapping else ReadOptions()
    first, last = _dates(arguments.dates, today)
    delimiter = "\t" if arguments.delimiter in {"TAB", "\\t"} else arguments.delimiter
    return replace(
        saved,
        columns={**saved.columns, **dict(_role(text) for text in arguments.map)},
        decimal=arguments.decimal or saved.decimal,
        date_order=DateOrder(arguments.date_order) if arguments.date_order else saved.date_order,
        encoding=arguments.encoding or saved.encoding,
        delimiter=delimiter or saved.delimiter,
        sheet=arguments.sheet or saved.sheet,
        header_row=saved.header_row if arguments.header_row is None else arguments.header_row,
        duplicates=arguments.duplicates,
        leave_out_products=frozenset(filter(None, (code.strip() for code in arguments.leave_out_products.split(",")))),
        first_date=first,
        last_date=last,
        currency=arguments.currency,
        rates=str(arguments.rates) if arguments.rates else None,
        refuse_above=arguments.refuse_above,
    )


def day(text: str) -> date:
    """The day of 2025-12-31 or 31.12.2025.

    Raises
    ------
    ValueError
        It is neither.
    """
    if "." in text:
        return datetime.strptime(text.strip(), "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no time zone
    return date.fromisoformat(text.strip())


def refuse_reading_options(arguments: argparse.Namespace) -> None:
    """Refuse options of reading where nothing is read: a ledger was read when its files were added.

    Raises
    ------
    UnableToReadAgain
        At least one of them is given.
    """
    unread = argparse.ArgumentParser()
    add_reading(unread, Words("en"))
    given = [
        action.option_strings[0]
        for action in unread._actions  # argparse offers no public way to its options
        if action.dest != "help" and getattr(arguments, action.dest) != action.default
    ]
    if given:
        raise UnableToReadAgain(given)


def _role(text: str) -> tuple[Role, str]:
    name, equals, column = text.partition("=")
    if not equals or name.strip() not in set(Role) or not column.strip():
        roles = ", ".join(role.value for role in Role)
        raise UnableToUnderstandOption("--map", text, say("ROLE=COLUMN ({roles})", roles=roles))
    return Role(name.strip()), column.strip()


def _dates(text: str | None, today: date) -> tuple[date, date]:
    if text is None:
        # A day ahead of the clock is no typing error: the branch in the next time zone is already there.
        return ReadOptions().first_date, today + timedelta(days=1)
    first, _, last = text.partition("..")
    try:
        return day(first), day(last)
    except ValueError as error:
        raise UnableToUnderstandOption("--dates", text, "2020-01-01..2025-12-31") from error


def save_mapping(arguments: argparse.Namespace, options: ReadOptions, columns: dict[Role, str], to: Terminal) -> None:
    """Save the mapping used where the person asked for it."""
    if arguments.save_mapping:
        write_mapping(arguments.save_mapping, replace(options, columns=columns))
        to.wrote(arguments.save_mapping)
