"""`anahtar-web …`: Django's commands with the settings of this application."""

import os
import sys

from django.core.management import execute_from_command_line

from anahtar_web.config.environment import UnableToStart


def main() -> None:
    """Run one command; a setting that makes no sense is one sentence, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anahtar_web.config.settings")
    try:
        execute_from_command_line(sys.argv)
    except UnableToStart as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
