"""Made-up schools whose truth is known: what `termwise demo` writes, and tests measure against."""
