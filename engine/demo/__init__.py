"""Made-up schools whose truth is known: what `termwise demo` writes, and tests measure against."""

from .folder import DemoReport, make_demo
from .school import load_demo

__all__ = ["DemoReport", "load_demo", "make_demo"]
