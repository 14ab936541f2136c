"""Refuses an installation that is not the wheel, or that puts more than termwise at the top."""

import pathlib
import sys
from importlib.util import find_spec

import termwise

home = pathlib.Path(termwise.__file__).parent
if "site-packages" not in home.parts:
    sys.exit(f"termwise is read from {home}, not from the installed wheel")
stray = [name for name in ("engine", "commands", "cli", "rules", "knowledge") if find_spec(name)]
if stray:
    sys.exit("installed at the top, beside termwise: " + ", ".join(stray))
print(f"The installed wheel is in use: {len(list(home.rglob('*.yaml')))} content files")
