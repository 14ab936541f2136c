"""Tables published about schools: the figures of one school, each with the school year it is about."""

from .choose import choose
from .figures import PublishedPart, PublishedRead
from .read import read_published

__all__ = ["PublishedPart", "PublishedRead", "choose", "read_published"]
