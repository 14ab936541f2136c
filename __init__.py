"""Termwise: explained term-by-term school improvement plans."""
