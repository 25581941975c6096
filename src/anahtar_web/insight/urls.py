"""Addresses of the app."""

from django.urls import path

from anahtar_web.insight.views import account, figures, key, matrix, saved

app_name = "insight"

urlpatterns = [
    path("", figures.home, name="home"),
    path("portfolio/", figures.portfolio, name="portfolio"),
    path("portfolio/changes/", figures.portfolio_changes, name="portfolio_changes"),
    path("portfolio/looked/", figures.portfolio_looked, name="portfolio_looked"),
    path("portfolio/choices/", figures.portfolio_choices, name="portfolio_choices"),
    path("portfolio/without/", figures.portfolio_without, name="portfolio_without"),
    path("portfolio/views/new/", saved.save_portfolio_view, name="save_portfolio_view"),
    path("portfolio/matrix/", matrix.matrix, name="matrix"),
    path("portfolio/matrix/choices/", matrix.choices, name="matrix_choices"),
    path("portfolio/matrix/moves/", matrix.moves, name="matrix_moves"),
    path("portfolio/matrix/moves/export/", matrix.export_moves, name="export_moves"),
    path("portfolio/matrix/thresholds/", matrix.preview, name="matrix_thresholds"),
    path("portfolio/matrix/thresholds/save/", matrix.save, name="matrix_save"),
    path("accounts/", figures.accounts, name="accounts"),
    path("accounts/choices/", figures.choices, name="choices"),
    path("accounts/chosen/", figures.chosen, name="chosen"),
    path("accounts/export/", figures.export, name="export"),
    path("accounts/views/new/", saved.save_view, name="save_view"),
    path("accounts/views/<int:pk>/change/", saved.change_view, name="change_view"),
    path("accounts/views/<int:pk>/rename/", saved.rename_view, name="rename_view"),
    path("accounts/views/<int:pk>/opens/", saved.open_with_view, name="open_with_view"),
    path("accounts/views/<int:pk>/delete/", saved.delete_view, name="delete_view"),
    path("accounts/<int:pk>/", account.overview, name="account"),
    path("accounts/<int:pk>/change/", account.change, name="change"),
    path("accounts/<int:pk>/change/movers/", account.movers, name="movers"),
    path("accounts/<int:pk>/class/", account.passport, name="passport"),
    path("accounts/<int:pk>/key/", key.status, name="key"),
    path("accounts/<int:pk>/key/decide/", key.decide, name="decide_key"),
    path("key-accounts/", key.accounts, name="key_accounts"),
    path("accounts/<int:pk>/lines/", figures.lines, name="lines"),
    path("runs/", figures.runs, name="runs"),
    path("runs/again/", figures.run_again, name="run_again"),
]
