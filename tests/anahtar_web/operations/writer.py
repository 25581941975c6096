"""Somebody who writes again and again: `python -m … JOURNAL PER_SECOND`; the journal holds what was acknowledged."""

import os
import sys
import time

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "anahtar_web.config.settings"
django.setup()

from django.db import transaction  # noqa: E402

from anahtar_web.accounts.models import Account, Lineage  # noqa: E402
from anahtar_web.audit.actions import record  # noqa: E402

with open(sys.argv[1], "a", encoding="utf-8") as journal:
    number, begun = 0, time.monotonic()
    while True:
        number += 1
        with transaction.atomic():
            made = Account.objects.create(code=f"{number:06}", name=f"Firma {number}", ledger_name="")
            Lineage.objects.create(ancestor=made, account=made, distance=0)
            record("account.created", made, by=None, after={"name": made.name}, account=made.pk)
        journal.write(f"{made.code}\n")
        journal.flush()
        os.fsync(journal.fileno())
        time.sleep(max(0.0, begun + number / float(sys.argv[2]) - time.monotonic()))
