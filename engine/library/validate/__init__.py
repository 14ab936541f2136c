"""Checks of the rules and the knowledge that only all their files together can answer."""
