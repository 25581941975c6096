"""Addresses of the app: what happened with an account, and what is to come."""

from django.urls import path

from anahtar_web.interactions import views

app_name = "interactions"

_OF: str = "accounts/<int:pk>/interactions/"
_ONE: str = f"{_OF}<int:interaction>/"
_STEP: str = f"{_OF}steps/<int:step>/"

urlpatterns = [
    path("interactions/", views.every, name="list"),
    path("interactions/calendar/", views.calendar, name="calendar"),
    path("interactions/calendar/new/", views.new_calendar, name="new_calendar"),
    path("interactions/calendar/end/", views.end_calendar, name="end_calendar"),
    path("calendar/<str:token>/anahtar.ics", views.feed, name="feed"),
    path(_OF, views.account, name="account"),
    path(f"{_OF}write/", views.write, name="write"),
    path(f"{_OF}drop/", views.drop, name="drop"),
    path("interactions/dropped/<int:pk>/", views.dropped, name="dropped"),
    path(_ONE, views.one, name="one"),
    path(f"{_ONE}edit/", views.edit, name="edit"),
    path(f"{_ONE}delete/", views.delete, name="delete"),
    path(f"{_ONE}who/<int:participant>/", views.say_who, name="say_who"),
    path(f"{_OF}agree/", views.agree, name="agree"),
    path(f"{_STEP}done/", views.finish_step, name="finish_step"),
    path(f"{_STEP}move/", views.move_step, name="move_step"),
    path(f"{_STEP}drop/", views.drop_step, name="drop_step"),
]
