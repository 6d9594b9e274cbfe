"""The sub-commands of ``zhitong``: each module has ``arguments``, ``perform`` and an ``EXAMPLE``."""
