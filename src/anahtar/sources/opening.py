"""Opening the table that an address names; what talks with its database is imported here, and only when asked for."""

from anahtar.engine.starting import missing
from anahtar.engine.table import SourceTable
from anahtar.sources.address import PostgresAddress, SparkAddress, TableAddress


def open_table(address: TableAddress) -> SourceTable:
    """Open the table that an address names.

    Raises
    ------
    UnableToStart
        What talks with the database is not installed, or its cluster cannot be reached.
    UnableToReadTable
        The database cannot be reached, or does not give the table.
    """
    match address:
        case PostgresAddress():
            try:
                from anahtar.engine.postgres_table import PostgresTable
            except ModuleNotFoundError as error:
                raise missing(error, "anahtar[postgres]") from error
            return PostgresTable(address.database, address.schema, address.table)
        case SparkAddress():
            try:
                from anahtar.engine.spark_table import SparkTable
            except ModuleNotFoundError as error:
                raise missing(error, "anahtar[spark]") from error
            return SparkTable(address.master, address.name, is_path=address.is_path, shown=address.shown)
    raise AssertionError(address)
