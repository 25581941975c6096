"""Customer companies, their groups, teams and managers."""
