"""How a page looks: in the colours and fonts of its house, on any screen, and on paper."""

from __future__ import annotations

import re
from collections.abc import Sequence

from socialpoll.exporters.webpage.words import named
from socialpoll.report import HouseStyle
from socialpoll.report.colours import tint
from socialpoll.report.language import direction_of

__all__ = ["look_of"]

PALE, LINE = 0.07, 0.3
"""Shares of the house colour in the ground behind heads, and in the lines between rows."""
INK, MUTED = "#1D1D1D", "#4F5358"
BEYOND_NAMES = re.compile(r"[^A-Za-z0-9 -]")
SANS = 'system-ui, "Noto Sans", "Noto Sans Arabic", "DejaVu Sans", sans-serif'

STYLE = """
* { box-sizing: border-box; }
html { color-scheme: light; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; color: var(--ink); background: #FFFFFF; line-height: 1.6; }
.edition { font-family: var(--latin); overflow-wrap: break-word; }
.edition[dir="rtl"], [dir="rtl"] { font-family: var(--arabic); }
[dir="ltr"] { font-family: var(--latin); }
h1, h2, h3, caption, figcaption, summary { color: var(--primary); line-height: 1.3; }
h2 { border-bottom: 2px solid var(--accent); padding-bottom: .3rem; margin: 0 0 1rem; }
h3 { margin: 2rem 0 .5rem; }
p { margin: .5rem 0; }
a { color: var(--primary); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.cover :focus-visible { outline-color: #FFFFFF; }
.note { color: var(--muted); font-size: .875rem; }
.lead { font-size: 1.15rem; }
.warning { border-inline-start: .3rem solid var(--accent); padding-inline-start: .7rem;
  font-weight: bold; }
.skip:focus { position: absolute; background: #FFFFFF; padding: .6rem 1rem; z-index: 2; }
.unseen, .data caption, .skip:not(:focus) { position: absolute; width: 1px; height: 1px;
  overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.edition { --side: max(1rem, calc(50% - 37rem)); }
.cover { background: var(--primary); color: #FFFFFF; padding: 1.5rem var(--side) 2rem; }
.cover h1, .cover a { color: #FFFFFF; }
.cover h1 { font-size: clamp(1.6rem, 4vw, 2.4rem); margin-block: 1rem .3rem; }
.cover .lead { margin-block: 0 1rem; }
.cover .logo { display: block; }
.cover .logo img { background: #FFFFFF; padding: .5rem; max-height: 5rem; width: auto;
  border-radius: .2rem; }
.languages ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 0;
  padding: 0; justify-content: flex-end; }
.languages a, .languages span { display: inline-block; padding: .4rem .2rem; }
.languages span { font-weight: bold; border-bottom: 2px solid #FFFFFF; }
.contents { padding: 1.25rem 1rem 0; font-size: .95rem; }
.contents h2 { font-size: 1.05rem; border: 0; padding: 0; margin: 0; display: inline; }
.contents summary { border-bottom: 2px solid var(--accent); }
.contents details { margin: 0; }
.contents ol { margin: 0; padding: 0; list-style: none; }
.contents a { display: block; padding: .35rem 0; text-decoration: none; }
.contents a:hover { text-decoration: underline; }
.reading { padding: 1.25rem var(--side) 2rem; }
.reading p, .reading li { max-width: 52rem; }
.reading > section { margin-top: 3rem; scroll-margin-top: 1rem; }
.reading > section:first-child { margin-top: 0; }
li { margin: .35rem 0; }
.reading li::marker { color: var(--primary); font-weight: bold; }
.role-headlines ul { list-style: none; padding: 0; }
.role-headlines li { background: var(--pale); border-inline-start: .3rem solid var(--primary);
  padding: .6rem .9rem; margin: .6rem 0; }
figure { margin: 1.75rem 0; }
figcaption { font-weight: bold; margin-bottom: .5rem; }
img { max-width: 100%; height: auto; }
.picture figcaption { color: var(--muted); font-weight: normal; font-size: .875rem; }
.chart { overflow-x: auto; }
.chart svg { display: block; width: 100%; min-width: 30rem; height: auto; }
.chart svg * { stroke-linejoin: round; }
details { margin: .75rem 0; }
summary { cursor: pointer; padding: .5rem 0; font-weight: bold; }
details[open] > summary { border-bottom: 1px solid var(--line); }
footer { background: var(--pale); border-top: 2px solid var(--primary);
  padding: 1.5rem var(--side) 2rem; }
footer h2 { border: 0; font-size: 1.1rem; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .3rem 1.5rem;
  font-size: .95rem; margin-block: 0; }
dt { color: var(--muted); } dd { margin: 0; }
@supports not selector(:has(*)) { article + article { margin-top: 5rem; } }
@media (min-width: 68rem) {
  .edition:has(.contents) { display: grid;
    grid-template-columns: var(--side) 16rem minmax(0, 1fr) var(--side); }
  .edition > * { grid-column: 1 / -1; }
  .edition > .cover { grid-row: 1; } .edition > footer { grid-row: 3; }
  .edition > .contents { grid-column: 2; grid-row: 2; padding: 2rem 0; position: sticky; top: 0;
    align-self: start; max-height: 100vh; overflow-y: auto; }
  .contents details::details-content { content-visibility: visible; block-size: auto; }
  .contents summary { list-style: none; pointer-events: none; }
  .contents summary::-webkit-details-marker { display: none; }
  .edition > .contents + .reading { grid-column: 3; grid-row: 2; padding: 2rem 0 3rem;
    padding-inline-start: 2.5rem; }
}
@media (min-width: 48rem) { tbody th[scope="row"] { min-width: 10rem; } }
@media (max-width: 30rem) { dl { grid-template-columns: minmax(0, 1fr); gap: 0; }
  dd { margin-bottom: .6rem; } ol, ul { padding-inline-start: 1.3rem; } }
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
"""
"""The order of the rules matters: those for narrow and wide screens come after those for all."""

TABLES = """
table { border-collapse: collapse; width: 100%; margin: 1.25rem 0 .5rem; font-size: .95rem; }
caption { text-align: start; font-weight: bold; padding: .3rem 0; max-width: calc(100vw - 2rem); }
th, td { text-align: start; vertical-align: top; padding: .35rem .6rem;
  border-bottom: 1px solid var(--line); }
td.text { overflow-wrap: anywhere; min-width: 5rem; }
thead th { background: var(--pale); border-bottom: 2px solid var(--primary); }
.figure { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
th.figure { white-space: normal; }
.scrolled { overflow-x: auto; }
.wide .figure { min-width: 3.5rem; } .wide td.text { min-width: 7.5rem; }
thead th.group { text-align: center; border: 1px solid var(--line); border-top: 0; }
tbody th { font-weight: normal; } .wide tbody th { min-width: 9rem; }
tr.group th, tr.total > * { font-weight: bold; }
td sup { color: var(--primary); font-size: .75em; line-height: 0; padding-inline-start: .15em; }
@media screen { .wide tbody th[scope="row"] { position: sticky; inset-inline-start: 0;
  background: #FFFFFF; } }
"""

PAPER = """
@page { size: A4; margin: 18mm 16mm; }
@page wide { size: A4 landscape; }
@media print {
  body { font-size: 10pt; line-height: 1.4; }
  .skip, .languages, .contents, .data { display: none; }
  .reading, .cover, footer, .edition > .contents + .reading { padding-inline: 0; }
  .reading p, .reading li { max-width: none; }
  .cover { background: none; color: var(--ink); border-bottom: 3px solid var(--primary);
    padding-top: 0; }
  .cover h1 { color: var(--primary); }
  .reading > section { margin-top: 1.6rem; }
  h2, h3, caption, figcaption, summary { break-after: avoid; }
  h2 + .note, thead { break-after: avoid; }
  .scrolled + .note, .scrolled + .note + .note { break-before: avoid; }
  tr, figure, li, .note, .scrolled { break-inside: avoid; }
  .note { font-size: 8pt; }
  table { font-size: 8.5pt; } th, td { padding: .25rem .4rem; } .figure { white-space: normal; }
  p { orphans: 2; widows: 2; }
  .tables > summary { display: none; } .tables::details-content { content-visibility: visible; }
  .scrolled, .chart { overflow: visible; } .chart svg { min-width: 0; }
  .wide, .role-banner { page: wide; } .wide { break-inside: auto; }
  .wide table { font-size: 7pt; }
  .wide th, .wide td { padding: .12rem .15rem; overflow-wrap: anywhere; }
  .wide .figure, .wide td.text { min-width: 0; } .wide tbody th { min-width: 5rem; }
  footer { background: none; break-inside: avoid; }
  article + article { break-before: page; margin-top: 0; }
}
"""


def look_of(style: HouseStyle, languages: Sequence[str]) -> str:
    """Return the style sheet of a page.

    Parameters
    ----------
    style : HouseStyle
    languages : sequence of str
        Of the editions on it. The first is seen until a link leads to another, or into it; where
        a browser cannot tell, all are seen beneath each other.

    References
    ----------
    W3C, Selectors Level 4 (2022), sections 4.5 (``:has``) and 9.4 (``:target``).
    """
    return "\n".join([_variables(style), STYLE, TABLES, _choice(languages), PAPER])


def _variables(style: HouseStyle) -> str:
    known = {
        "primary": style.primary,
        "accent": style.accent,
        "pale": tint(style.primary, PALE),
        "line": tint(style.primary, LINE),
        "ink": INK,
        "muted": MUTED,
        "latin": f'"{_in_a_string(style.latin_font)}", {SANS}',
        "arabic": f'"{_in_a_string(style.arabic_font)}", {SANS}',
    }
    return ":root {" + " ".join(f"--{name}: {value};" for name, value in known.items()) + "}"


def _in_a_string(font: str) -> str:
    """Return the name of a font as it may stand in a string of a style sheet."""
    return BEYOND_NAMES.sub(lambda letter: f"\\{ord(letter[0]):x} ", font)


def _choice(languages: Sequence[str]) -> str:
    """Return what shows one edition at a time."""
    rules = []
    for tag in languages[1:]:
        name = named(tag)
        wanted = f":has(#{name}:target, #{name} :target)"
        rules.append(f"body:not({wanted}) #{name} {{ display: none; }}")
        rules.append(f"body{wanted} article:not(#{name}) {{ display: none; }}")
        rules.append(f"html{wanted} {{ direction: {direction_of(tag)}; }}")
    return "\n".join(["@supports selector(:has(*)) {", *rules, "}"]) if rules else ""
