"""Addresses of the app."""

from django.urls import path

from anahtar_web.insight.views import figures as views
from anahtar_web.insight.views import key

app_name = "insight"

urlpatterns = [
    path("", views.home, name="home"),
    path("portfolio/", views.portfolio, name="portfolio"),
    path("portfolio/changes/", views.portfolio_changes, name="portfolio_changes"),
    path("portfolio/looked/", views.portfolio_looked, name="portfolio_looked"),
    path("portfolio/choices/", views.portfolio_choices, name="portfolio_choices"),
    path("portfolio/without/", views.portfolio_without, name="portfolio_without"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/choices/", views.choices, name="choices"),
    path("accounts/chosen/", views.chosen, name="chosen"),
    path("accounts/export/", views.export, name="export"),
    path("accounts/views/new/", views.save_view, name="save_view"),
    path("accounts/views/<int:pk>/change/", views.change_view, name="change_view"),
    path("accounts/views/<int:pk>/rename/", views.rename_view, name="rename_view"),
    path("accounts/views/<int:pk>/opens/", views.open_with_view, name="open_with_view"),
    path("accounts/views/<int:pk>/delete/", views.delete_view, name="delete_view"),
    path("accounts/<int:pk>/", views.account, name="account"),
    path("accounts/<int:pk>/key/", key.status, name="key"),
    path("accounts/<int:pk>/key/decide/", key.decide, name="decide_key"),
    path("key-accounts/", key.accounts, name="key_accounts"),
    path("accounts/<int:pk>/lines/", views.lines, name="lines"),
    path("runs/", views.runs, name="runs"),
    path("runs/again/", views.run_again, name="run_again"),
]
