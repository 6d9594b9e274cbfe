"""Zhitong (直通): organised labour mobility, from register to placement."""

__version__ = "0.1.0"
