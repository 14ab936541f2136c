"""The page's style sheet: calm, readable on paper and on a telephone, contrast at least AA."""

from __future__ import annotations

HUES = (
    ("#1f4e79", "#a9c4de", "#6f9bc4"),
    ("#2f6b3a", "#b3d3b6", "#77ac80"),
    ("#7a4a00", "#e5cba0", "#c2964e"),
    ("#6a3d7c", "#d3bddc", "#a683b5"),
    ("#8a2f3c", "#e6bcc1", "#c07f88"),
)
_BASE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #f6f7f8; color: #1d2730;
  font: 16px/1.5 system-ui, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; }
main, header { max-width: 1400px; margin: 0 auto; padding: 0 20px; }
header { padding-top: 28px; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .2em; }
h2 { font-size: 1.35rem; margin: 2.2em 0 .5em; border-bottom: 2px solid #c8d0d7; padding-bottom:
  .2em; }
h3 { font-size: 1.1rem; margin: 1.5em 0 .5em; } h4 { font-size: .95rem; margin: 1.1em 0 .25em; }
h3 .quiet, h4 .quiet { font-weight: 400; }
p { margin: .4em 0; max-width: 78ch; } ul { margin: .3em 0; padding-left: 1.3em; }
li { max-width: 80ch; overflow-wrap: anywhere; } a { color: #1f4e79; overflow-wrap: anywhere; }
tbody th p, tbody th ul { font-weight: 400; } th .pill { font-weight: 400; }
.quiet { color: #4d5a65; font-size: .9rem; } .num { text-align: right; white-space: nowrap; }
.box { border: 1px solid #9aa7b2; border-left: 6px solid #5b6b79; background: #fff; padding: .6em
  1em; }
.box + .box { margin-top: .6em; }
.box.stop { border-left-color: #8a2f3c; } ol { margin: .3em 0; padding-left: 1.5em; }
nav { margin: 1em 0; } nav a { display: inline-block; margin: 0 1em .3em 0; }
.scroll { overflow-x: auto; background: #fff; border: 1px solid #d5dbe0; padding: 10px; margin:
  .6em 0; }
.scroll svg { display: block; max-width: none; }
.scroll.fit { width: fit-content; max-width: 100%; } table.wide { width: 100%; }
table { border-collapse: collapse; font-size: .92rem; } td { max-width: 62ch; }
tbody th { max-width: 52ch; }
th, td { text-align: left; vertical-align: top; padding: .4em .6em; border-bottom: 1px solid
  #dde3e8; }
th { color: #3d4a55; } tbody th { font-weight: 600; color: inherit; } tr:last-child > * {
  border-bottom: 0; }
thead th.num { text-align: right; white-space: normal; }
details.step { background: #fff; border: 1px solid #d5dbe0; border-left: 6px solid #888; margin:
  .6em 0; }
details.step > summary { cursor: pointer; padding: .6em .9em; }
details.step > div { padding: 0 .9em .9em; border-top: 1px solid #e6eaee; }
summary b { font-size: 1.03rem; } summary .quiet { display: block; }
.pill { border: 1px solid currentColor; border-radius: 3px; font-size: .78rem; padding: 0 .4em;
  margin-left: .4em; white-space: nowrap; }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2em; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .15em 1em; margin: .8em 0; }
.facts dt { font-weight: 600; } .facts dd { margin: 0; }
code { font-size: .86em; background: #eef1f4; padding: 0 .25em; overflow-wrap: anywhere; }
.bar { display: block; width: 100%; height: 6px; background: #e3e8ec; margin-top: 3px;
  min-width: 62px; }
.bar rect { fill: #4f7fa8; } .near .bar rect { fill: #a35c00; } .near b { color: #7a4500; }
.over .bar rect { fill: #8a2f3c; } .over b { color: #8a2f3c; }
.key { max-width: none; } .key span { display: inline-block; margin-right: 1.2em; }
.key svg { margin-right: .2em; vertical-align: -1px; } .gauge { display: block; }
"""
_CHARTS = """svg text { font: 13px system-ui, "Segoe UI", Roboto, Arial, sans-serif; fill: #1d2730; }
svg .small { font-size: 11.5px; } svg .group, svg .head0 { font-weight: 600; }
svg .head1 { font-size: 11.5px; fill: #4d5a65; }
svg .col0 { fill: #f1f4f6; } svg .col1 { fill: #fafbfc; }
svg .ready, svg .tip { fill: #1d2730; }
svg .ready { stroke: #fff; stroke-width: 1; }
svg .time { fill: #fff; stroke: #1d2730; stroke-width: 1.5; }
svg .edge { fill: none; stroke: #7b8894; stroke-width: 1.3; }
svg .chain { stroke: #1d2730; stroke-width: 2.4; }
svg .helped { stroke: #7b8894; stroke-width: 1; stroke-dasharray: 4 4; }
svg .node { fill: #fff; stroke-width: 1.5; } svg .fixed { stroke-width: 4; }
svg .event { fill: url(#event); stroke: #7b8894; stroke-width: .6; }
svg .event-back { fill: #e4e7ea; } svg .event-line { fill: #aab4bd; }
svg .event-title { fill: #3d4a55; }
svg .event-title, svg .halo { paint-order: stroke; stroke: #fff; stroke-width: 3px; }
svg .frame { fill: none; stroke: #1d2730; stroke-width: 2; }
svg .slip { fill: none; stroke: #1d2730; stroke-width: 1.4; }
svg .tiny { font-size: 11px; } svg .number { text-anchor: middle; }
svg .bar-room { fill: #a9c4de; } svg .bar-near { fill: #1f4e79; }
svg .bar-over { fill: #8a2f3c; stroke: #1d2730; stroke-width: 2; }
svg .in-near, svg .in-over { fill: #fff; }
svg .may { stroke: #1d2730; stroke-width: 2; }
svg .stated { stroke: #7b8894; stroke-width: 1.3; stroke-dasharray: 3 3; }
svg .floor { stroke: #7b8894; stroke-width: 1; } svg .year { stroke: #c8d0d7; stroke-width: 1; }
svg .curve { fill: none; stroke: #1f4e79; stroke-width: 2.4; }
svg .best { fill: #1f4e79; } svg .found { fill: #fff; stroke: #1f4e79; stroke-width: 2; }
svg .today { fill: none; stroke: #1d2730; stroke-width: 2; }
svg .flat { stroke: #7a4500; stroke-width: 1.6; stroke-dasharray: 7 4; }
svg .line { stroke: #dde3e8; stroke-width: 1; } svg .end { text-anchor: end; }
svg .middle { text-anchor: middle; }
"""
_STACK = """  {0} thead {{ display: none; }} {0} td:empty {{ display: none; }}
  {0} tr {{ display: block; border-bottom: 1px solid #c8d0d7; padding: .5em 0; }}
  {0} th, {0} td {{ display: block; border: 0; padding: .1em .2em; text-align: left; max-width: none; }}
  {0} [data-t]:not([data-t=""])::before {{ content: attr(data-t) ": "; color: #4d5a65; }}
"""
"""Each row by itself, each cell with its column, where the page is too narrow for such a table."""
_LAYOUT = """.loads { display: grid; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr));
  gap: 14px 18px; background: #fff; border: 1px solid #d5dbe0; padding: 12px; margin: .6em 0; }
figure { margin: 0; break-inside: avoid; display: flex; flex-direction: column;
  justify-content: space-between; } figcaption { font-size: .88rem; line-height: 1.3; }
figcaption .quiet { display: block; } figure svg { max-width: 100%; height: auto; }
.beside { display: flex; flex-wrap: wrap; gap: 0 18px; align-items: start; }
.beside > * { max-width: 100%; } .beside > .fit { flex: 1 1 26rem; max-width: max-content; }
.beside th, .beside td { padding: .3em .4em; }
footer { max-width: 1400px; margin: 2em auto; padding: 0 20px; }
.narrow { display: none; }
.many { font-size: .76rem; table-layout: fixed; hyphens: auto; overflow-wrap: anywhere; }
.many th, .many td { padding: .35em .25em; }
.skip { position: absolute; left: -999em; background: #fff; padding: .6em 1em; z-index: 1; }
.skip:focus { left: 8px; top: 8px; }
:focus-visible { outline: 3px solid #1d2730; outline-offset: 2px; box-shadow: 0 0 0 2px #fff; }
main:focus { outline: 0; }
.opener input { width: 1.1em; height: 1.1em; vertical-align: -.15em; }
:root:has(#open-all:checked) details::details-content { content-visibility: visible; height: auto; }
"""
_NARROW = """@media screen and (max-width: 700px) {
  main, header, footer { padding-left: 12px; padding-right: 12px; }
  h1 { font-size: 1.5rem; } .two { grid-template-columns: 1fr; }
  .facts { grid-template-columns: 1fr; } .facts dd { margin-bottom: .4em; }
  .narrow { display: block; } .drawn:has(+ .narrow), .key:has(~ .narrow),
  .key:has(~ .beside .narrow) { display: none; }
"""
_PRINT = """@media print {
  @page { size: A4; margin: 14mm 12mm; @bottom-right { content: counter(page); font-size: 8pt; } }
  @page across { size: A4 landscape; }
  body { background: #fff; font-size: 10pt; } .skip, .opener { display: none; }
  main, header, footer { max-width: none; padding: 0; } .across { page: across; }
  nav { display: none; } .front nav, .front nav a { display: block; } .front { break-after: page; }
  .loads { border: 0; padding: 0; grid-template-columns: repeat(3, 1fr); }
  .bar, svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .scroll { overflow: visible; border: 0; padding: 0; } .scroll svg { max-width: 100%;
  max-height: 245mm; height: auto; }
  .scroll.fit { width: auto; } .many { font-size: 7pt; } .many th, .many td { padding: .3em; }
  details { break-inside: auto; } :root:not(:has(#open-all:checked)) .same:not([open]) { display: none; }
  h2, h3, summary { break-after: avoid; } tr { break-inside: avoid; } .many tr { break-inside: auto; }
}
@media (forced-colors: active) {
  svg { forced-color-adjust: none; background: #fff; } .bar { border: 1px solid; }
  .pill, .box, details.step, .scroll { border-color: CanvasText; }
}
"""


def style() -> str:
    """The whole style sheet."""
    rules = (
        f".s{index}-edge {{ border-left-color: {dark} !important; }} {_hue(index)}"
        for index, (dark, _, _) in enumerate(HUES)
    )
    narrow = f"{_NARROW}{_STACK.format('.stack')}}}\n"
    middle = (
        "@media screen and (max-width: 1000px) { .many { font-size: .92rem; table-layout: auto; }\n"
        f"{_STACK.format('.many')}}}\n"
    )
    return _BASE + _CHARTS + _LAYOUT + middle + narrow + _PRINT + "\n".join(rules) + "\n"


def chart_style() -> str:
    """The rules for drawings alone, for where they are pictures of their own."""
    return _CHARTS + "\n".join(map(_hue, range(len(HUES)))) + "\n"


def _hue(index: int) -> str:
    dark, light, middle = HUES[index]
    return (
        f"svg .s{index}-t {{ fill: {dark}; }} svg .s{index}-node {{ stroke: {dark}; }} "
        f"svg .s{index}-prepare {{ fill: {light}; stroke: {dark}; }} svg .s{index}-deliver {{ fill: {dark}; }} "
        f"svg .s{index}-sustain {{ fill: {middle}; stroke: {dark}; }}"
    )
