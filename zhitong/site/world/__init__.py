"""One imaginary county, built by verbs. Tests, the demo and the pictures of the guide all live in it."""

from .county import PASSWORD, World
from .ground import build, ensure_system

__all__ = ["PASSWORD", "World", "build", "ensure_system"]
