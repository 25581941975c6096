"""Addresses of the app."""

from django.urls import path

from anahtar_web.insight.views import figures, key

app_name = "insight"

urlpatterns = [
    path("", figures.home, name="home"),
    path("portfolio/", figures.portfolio, name="portfolio"),
    path("portfolio/changes/", figures.portfolio_changes, name="portfolio_changes"),
    path("portfolio/looked/", figures.portfolio_looked, name="portfolio_looked"),
    path("portfolio/choices/", figures.portfolio_choices, name="portfolio_choices"),
    path("portfolio/without/", figures.portfolio_without, name="portfolio_without"),
    path("accounts/", figures.accounts, name="accounts"),
    path("accounts/choices/", figures.choices, name="choices"),
    path("accounts/chosen/", figures.chosen, name="chosen"),
    path("accounts/export/", figures.export, name="export"),
    path("accounts/views/new/", figures.save_view, name="save_view"),
    path("accounts/views/<int:pk>/change/", figures.change_view, name="change_view"),
    path("accounts/views/<int:pk>/rename/", figures.rename_view, name="rename_view"),
    path("accounts/views/<int:pk>/opens/", figures.open_with_view, name="open_with_view"),
    path("accounts/views/<int:pk>/delete/", figures.delete_view, name="delete_view"),
    path("accounts/<int:pk>/", figures.account, name="account"),
    path("accounts/<int:pk>/key/", key.status, name="key"),
    path("accounts/<int:pk>/key/decide/", key.decide, name="decide_key"),
    path("key-accounts/", key.accounts, name="key_accounts"),
    path("accounts/<int:pk>/lines/", figures.lines, name="lines"),
    path("runs/", figures.runs, name="runs"),
    path("runs/again/", figures.run_again, name="run_again"),
]
