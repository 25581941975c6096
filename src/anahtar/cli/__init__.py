"""The command line: the only room that looks at the machine (clock, locale, terminal)."""


def main() -> int:
    """Run the command line."""
    return 0
