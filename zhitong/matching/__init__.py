"""Rounds, proposals, offers and answers."""
