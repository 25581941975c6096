"""The app as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Settings of the app."""

    name = "anahtar_web.people"
    label = "people"

    def ready(self) -> None:
        """Listen at the door, keep the language people choose, and tell palette and trail of people."""
        from django.utils.translation import gettext_lazy as _

        from anahtar_web.people import sign_in_events, told
        from anahtar_web.people.actions import choose_language
        from anahtar_web.people.palette import look
        from anahtar_web.ui import language, palette

        sign_in_events.connect()
        language.on_choice(lambda user, wanted: choose_language(person=user, language=wanted))
        palette.register(palette.Source(_("People"), look, place=2))
        told.register()
