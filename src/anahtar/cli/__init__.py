"""The command line: the only room that looks at the machine (clock, locale, terminal)."""

import os
import sys
from collections.abc import Sequence
from typing import Final

from anahtar.cli.language import language_of, speak
from anahtar.cli.machine import refused_by_machine
from anahtar.cli.parser import parser
from anahtar.cli.terminal import Terminal
from anahtar.words import Refusal, Words

QUERY_INTERRUPTED: Final = "Query interrupted"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments
        Without the program's name; None: those of the process.

    Returns
    -------
    int
        0 done; 1 refused, with the reason on standard error; 2 not understood; 130 interrupted.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    language = language_of(given, os.environ)
    speak(language)
    words = Words(language)
    parsed = parser(words).parse_args(given)
    terminal = Terminal.of_this_machine(words)
    try:
        parsed.run(parsed, terminal)
    except Refusal as refusal:
        terminal.refuse(refusal.message)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output left (`anahtar metrics | head`); Python would complain again while closing.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        terminal.refuse(refused_by_machine(error))
        return 1
    except RuntimeError as error:
        # DuckDB tells Ctrl-C in the middle of a query as an error of its own.
        if str(error) != QUERY_INTERRUPTED:
            raise
        return 130
    return 0
