"""Addresses: one prefix for each app."""

urlpatterns: list[object] = []
