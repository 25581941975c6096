"""Processes are killed at random moments; nothing that was acknowledged is lost, nothing is there by half."""
