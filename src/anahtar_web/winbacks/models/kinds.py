"""What may be offered to win an account back."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What an offer is."""

    SPECIAL = "special", pgettext_lazy("kind of offer", "Special offer")
    GIFT = "gift", pgettext_lazy("kind of offer", "Gift")
    DISCOUNT = "discount", pgettext_lazy("kind of offer", "Discount")
    TERMS = "terms", pgettext_lazy("kind of offer", "Terms")
    APOLOGY = "apology", pgettext_lazy("kind of offer", "Apology")
    VISIT = "visit", pgettext_lazy("kind of offer", "Visit of the director")
