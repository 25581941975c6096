"""Addresses of the app: the people of an account as map, matrix and table, one of them, and how they decide."""

from django.urls import path

from anahtar_web.stakeholders.views import asking, map, matrix, person, rule, seeing, table

app_name = "stakeholders"

_ONE = "accounts/<int:pk>/people/<int:who>/"

urlpatterns = [
    path("accounts/<int:pk>/people/", table.table, name="table"),
    path("accounts/<int:pk>/people/file/", table.file_of, name="table_file"),
    path("accounts/<int:pk>/people/map/", map.map_of, name="map"),
    path("accounts/<int:pk>/people/map/file/", map.file_of, name="file"),
    path("accounts/<int:pk>/people/map/drop/", map.drop, name="drop"),
    path("accounts/<int:pk>/people/map/small/", map.mini, name="mini"),
    path("accounts/<int:pk>/people/changes/", map.changes, name="changes"),
    path("accounts/<int:pk>/people/relations/", matrix.matrix, name="matrix"),
    path("accounts/<int:pk>/people/seen/", seeing.everybody, name="everybody_seen"),
    path("accounts/<int:pk>/people/new/", person.new, name="new"),
    path("accounts/<int:pk>/people/ties/<int:line>/end/", asking.end_tie, name="end_tie"),
    path("accounts/<int:pk>/decision/", rule.rule, name="rule"),
    path("accounts/<int:pk>/decision/new/", rule.state, name="state"),
    path("accounts/<int:pk>/decision/<int:decision>/edit/", rule.restate, name="restate"),
    path("accounts/<int:pk>/decision/<int:decision>/close/", rule.close, name="close"),
    path(_ONE, person.person, name="person"),
    path(f"{_ONE}seen/", seeing.person, name="seen"),
    path(f"{_ONE}edit/", person.edit, name="edit"),
    path(f"{_ONE}row/", table.row, name="row"),
    path(f"{_ONE}cells/<str:field>/", table.cell, name="cell"),
    path(f"{_ONE}move/", asking.move, name="move"),
    path(f"{_ONE}leave/", asking.leave, name="leave"),
    path(f"{_ONE}back/", asking.come_back, name="come_back"),
    path(f"{_ONE}tie/", asking.tie, name="tie"),
    path(f"{_ONE}addresses/", asking.add_address, name="add_address"),
    path(f"{_ONE}addresses/<int:address>/end/", asking.end_address, name="end_address"),
    path(f"{_ONE}relations/<int:colleague>/", matrix.relation, name="relation"),
]
