"""The style of a sheet: a page of A4, small, in black on white."""

from __future__ import annotations

SHEET = """
@page { size: A4; margin: 7mm 10mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 12px 16px; max-width: 900px; background: #fff; color: #000;
  font: 12.5px/1.32 system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
h1 { font-size: 1.65em; line-height: 1.15; margin: 0; }
h2 { font-size: 1.12em; margin: .5em 0 .2em; border-bottom: 1.5px solid #000; column-span: all; }
h3 { font-size: 1em; margin: 0 0 .1em; }
header { display: flex; justify-content: space-between; align-items: baseline; flex-wrap: wrap; }
header p { font-size: 1.1em; } header dl, header dl ~ p { flex-basis: 100%; }
p { margin: .2em 0; } .quiet { color: #333; font-size: .92em; }
footer { border-top: 1px solid #666; margin-top: .8em; padding-top: .3em; }
.facts { margin: .25em 0 0; } dt, dd { display: inline; margin: 0 .4em 0 0; }
dt { font-weight: 600; } dd { margin-right: 1.2em; }
section:has(> section) { columns: 2; column-gap: 1.6em; }
section section { break-inside: avoid; margin-bottom: .5em; }
section section p { margin: 0 0 .15em; break-inside: avoid; }
section section h3, section section h3 + p.quiet { display: inline; margin-right: .5em; }
h3 + p.quiet { font-style: italic; } section section p:has(b) { padding-left: .9em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .11em .4em; border: 1px solid #888;
  font-weight: 400; }
th p { margin: 0; } thead th { font-weight: 600; background: #eee; } tr { break-inside: avoid; }
tbody th:empty { height: 1.8em; } code { font: inherit; white-space: nowrap; }
.tick { display: inline-block; width: .85em; height: .85em; border: 1.2px solid #000;
  margin-right: .3em; vertical-align: -.08em; } .ticks { white-space: nowrap; }
ul { columns: 2; column-gap: 1.4em; margin: 0; padding: 0; list-style: none; }
li { break-inside: avoid; } h2, h3, thead { break-after: avoid; }
@media (max-width: 640px) { ul, section:has(> section) { columns: 1; }
  .scroll { overflow-x: auto; } }
@media print { body { font-size: 7.6pt; line-height: 1.2; padding: 0; max-width: none; } }
"""
