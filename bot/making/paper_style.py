"""How a report looks: on a phone, in the dark, and on paper."""

STYLE = """
:root { color-scheme: light dark; --ink: #1b2733; --paper: #ffffff; --faint: #5b6875;
  --rule: #d5dde5; --met: #16508c; --short: #b04a06; --soft: #f1f5f9; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6ebf0; --paper: #12181f; --faint: #9fadba; --rule: #33404d;
    --met: #7db4e6; --short: #f0a060; --soft: #1c2630; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.45 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 1rem; }
article + article { border-top: 3px solid var(--ink); margin-top: 2.5rem; padding-top: 1rem; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: .2rem 0; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 1.8rem 0 .4rem; }
.kind { color: var(--faint); margin: 0; overflow-wrap: anywhere; }
.status { border-left: 4px solid var(--met); background: var(--soft); padding: .5rem .8rem; }
.status p { margin: 0; }
blockquote { margin: .4rem 0 0; overflow-wrap: anywhere; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; margin: 1.1rem 0; font-size: .95rem; }
caption { text-align: left; font-weight: 600; padding-bottom: .25rem; overflow-wrap: anywhere; }
th, td { text-align: left; padding: .3rem .6rem .3rem 0; vertical-align: top;
  border-bottom: 1px solid var(--rule); overflow-wrap: anywhere; }
thead th { color: var(--faint); font-weight: 500; font-size: .85rem; }
tbody th { font-weight: 400; min-width: 7rem; }
.figures table { table-layout: fixed; }
.figures th:first-child { width: 56%; }
td { font-variant-numeric: tabular-nums; }
figure { margin: 1rem 0; }
figcaption { color: var(--faint); font-size: .85rem; }
svg { width: 100%; max-width: 32rem; height: auto; display: block;
  overflow: visible; }
svg text { fill: var(--ink); font: 11px system-ui, sans-serif; }
.met { fill: var(--met); }
.short { fill: url(#hatch); stroke: var(--short); stroke-width: 1.5; }
.hatch { stroke: var(--short); stroke-width: 2; }
.excused { fill: none; stroke: var(--faint); stroke-dasharray: 2 2; }
.floor { stroke: var(--ink); stroke-dasharray: 5 3; }
dt { font-weight: 600; margin-top: .6rem; }
dd { margin: 0; color: var(--faint); }
.how { font-size: .9rem; border-top: 1px solid var(--rule); margin-top: 2rem; }
@media print {
  :root { --ink: #000; --paper: #fff; --faint: #444; --rule: #bbb; --met: #16508c;
    --short: #b04a06; --soft: #fff; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  article + article { break-before: page; border-top: 0; }
  tr, figure, .status { break-inside: avoid; }
  h2, caption { break-after: avoid; }
  .wide { overflow: visible; }
}
"""
