"""Meetings, calls, mails, visits and events with the people of an account, and what is agreed next."""
