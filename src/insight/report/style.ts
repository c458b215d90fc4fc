import { Markup } from '../draw/markup.js';
import { fontStack, type Theme, themeRules } from '../draw/palette.js';
import { figureRules } from '../timeline/figure.js';

/** Everything the page looks like. It loads nothing. */
export function reportStyle(theme: Theme): Markup {
  const scheme = theme === 'auto' ? 'light dark' : theme;
  const css = `${themeRules(':root', theme)}:root{color-scheme:${scheme}}${rules}${figureRules}`;
  return new Markup(css.replace(/\n\s*/g, ''));
}

const rules = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--r-ground);color:var(--r-ink);font:15px/1.5 ${fontStack};
 font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.page{max-width:1060px;margin:0 auto;padding:20px 16px 48px}
header h1{font-size:26px;line-height:1.2;margin:8px 0 4px}
header .period{font-size:17px;margin:0}
header .facts{margin:6px 0 0;color:var(--r-muted);font-size:13.5px}
header .facts::first-letter{text-transform:uppercase}
nav{display:flex;flex-wrap:wrap;gap:6px;margin:16px 0 20px}
nav a{color:var(--r-accent);text-decoration:none;border:1px solid var(--r-line);border-radius:99px;
 padding:3px 12px;font-size:13.5px;background:var(--r-panel)}
nav a:hover,nav a:focus-visible{border-color:var(--r-accent)}
.panel{background:var(--r-panel);border:1px solid var(--r-line);border-radius:14px;
 padding:16px 18px 18px;margin:0 0 16px}
h2{font-size:19px;line-height:1.3;margin:0 0 4px}
h3{font-size:15.5px;margin:0}
.note{color:var(--r-muted);font-size:13.5px;margin:0 0 12px}
.none{color:var(--r-muted);margin:4px 0}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(140px,1fr));gap:10px;margin-top:10px}
.tile{border:1px solid var(--r-line);border-radius:11px;padding:10px 12px;display:flex;flex-direction:column}
.tile b{font-size:27px;line-height:1.15}
.tile.lead{background:var(--r-ground)}
.tile.lead b{color:var(--r-accent)}
.tile.bad b{color:var(--r-formal)}
.tile.zero b{color:var(--r-muted);font-weight:500}
.tile .label{font-weight:600;font-size:14px;line-height:1.35;overflow-wrap:normal;hyphens:auto}
.hint{color:var(--r-muted);font-size:12.5px;line-height:1.35}
.scroll{overflow-x:auto;margin:12px -4px 0;padding:0 4px}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{padding:6px 10px 6px 0;text-align:left;border-bottom:1px solid var(--r-line);white-space:nowrap;
 font-weight:400}
th:last-child,td:last-child{padding-right:0}
thead th{color:var(--r-muted);font-size:12.5px;font-weight:600;vertical-align:bottom}
tbody th{font-weight:600;white-space:normal;min-width:104px}
tfoot th,tfoot td{font-weight:700;border-bottom:0}
td{white-space:normal}
th.n,td.n{text-align:right;padding-left:10px}
td.n{white-space:nowrap}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 16px;margin:6px 0 12px;padding:0;
 font-size:13px;color:var(--r-muted)}
.legend i{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:6px;vertical-align:-1px}
${[0, 1, 2, 3, 4].map((n) => `.a${n}{fill:var(--r-aging${n});background:var(--r-aging${n})}`).join('')}
${[0, 1, 2, 3, 4].map((n) => `.h${n}{fill:var(--r-heat${n});background:var(--r-heat${n})}`).join('')}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,430px),1fr));gap:24px 32px}
.chart{margin:0;min-width:0;container-type:inline-size}
@container (max-width:640px){.xaxis .minor{display:none}}
.chart figcaption{margin-bottom:14px}
.plot{position:relative;height:230px;margin-left:52px}
.plot svg{display:block;width:100%;height:100%;overflow:visible}
.grid{stroke:var(--r-ink);stroke-opacity:.14;stroke-width:1;vector-effect:non-scaling-stroke}
.ytick{position:absolute;right:100%;margin-right:7px;transform:translateY(50%);font-size:12px;
 color:var(--r-muted);white-space:nowrap}
.xaxis{position:relative;height:24px;margin-left:52px;font-size:12px;color:var(--r-muted)}
.xaxis span{position:absolute;top:5px;white-space:nowrap}
.xaxis .inner{transform:translateX(-50%)}
.xaxis .last{transform:translateX(-100%)}
.fold{margin-top:8px;font-size:14px}
summary{cursor:pointer}
.fold>summary{color:var(--r-accent);width:fit-content}
.bars{list-style:none;margin:4px 0 0;padding:0}
.bars li{display:grid;grid-template-columns:1fr auto;gap:1px 10px;margin:0 0 12px}
.bars .policy{font-weight:700;margin-top:14px;display:block}
.figure{font-weight:700}
.track{grid-column:1/-1;height:11px;border-radius:6px;background:var(--r-heat0);overflow:hidden}
.track i{display:block;height:100%;border-radius:6px;background:var(--r-muted)}
.more{grid-column:1/-1;color:var(--r-muted);font-size:12.5px}
.quiet .track{height:7px}
i.friendly{background:var(--r-friendly)}
i.firm{background:var(--r-firm)}
i.formal{background:var(--r-formal)}
.tone{display:inline-block;width:11px;height:11px;vertical-align:-.5px}
.tone.friendly{border-radius:50%}
.tone.firm{border-radius:2px}
.tone.formal{clip-path:polygon(50% 4%,100% 96%,0 96%)}
.columns{list-style:none;display:flex;align-items:stretch;gap:3px;margin:10px 0 0;padding:0;height:190px}
.columns li{flex:1 1 0;min-width:0;display:flex;flex-direction:column}
.column{flex:1;display:flex;flex-direction:column;justify-content:flex-end;border-bottom:1px solid var(--r-line)}
.column i{display:block;min-height:2px}
.column i:first-child{border-radius:3px 3px 0 0}
.columns .label{height:24px;font-size:12px;color:var(--r-muted);white-space:nowrap;padding-top:4px;font-weight:400}
.columns .off{visibility:hidden}
.months{display:flex;flex-wrap:wrap;gap:14px 18px}
.month{margin:0;width:112px}
.month figcaption{font-size:12.5px;font-weight:600;margin-bottom:4px;display:flex;justify-content:space-between}
.month figcaption span{color:var(--r-muted);font-weight:400}
.month svg{display:block;width:100%;height:auto}
.halves{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));gap:18px 32px;margin-top:8px}
.policies{display:grid;gap:16px;margin-top:10px}
.account{border-top:1px solid var(--r-line)}
.line{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 16px;padding:9px 2px 9px 20px;
 list-style:none;position:relative}
.line::-webkit-details-marker{display:none}
details>.line::before{content:'';position:absolute;left:3px;top:18px;width:7px;height:7px;
 border-right:2px solid var(--r-muted);border-bottom:2px solid var(--r-muted);transform:rotate(-45deg)}
details[open]>.line::before{transform:rotate(45deg);top:15px}
.who{font-weight:600;flex:1 1 150px}
.who small{color:var(--r-muted);font-weight:400;margin-left:8px}
.how{display:flex;flex-wrap:wrap;gap:0 16px;font-size:13.5px;color:var(--r-muted)}
.how .late{color:var(--r-formal);font-weight:600}
.story{list-style:none;margin:2px 0 16px 6px;padding:0 0 0 14px;border-left:2px solid var(--r-line);font-size:14px}
.story>li{display:grid;grid-template-columns:104px 1fr;gap:0 10px;padding:3px 0}
.story time{color:var(--r-muted)}
.story ul{list-style:none;margin:0;padding:0}
.kind{font-weight:600;margin-right:4px}
.k-sent .kind{color:var(--r-friendly)}
.k-money .kind{color:var(--r-paid)}
.k-stop .kind{color:var(--r-firm)}
.k-trouble .kind{color:var(--r-formal)}
.k-quiet{color:var(--r-muted)}
.k-quiet .kind{font-weight:400}
footer{color:var(--r-muted);font-size:13px}
footer code{font-size:12px}
@media (max-width:640px){
 .blocks thead{display:none}
 .blocks table,.blocks tbody,.blocks tfoot,.blocks tr,.blocks th,.blocks td{display:block}
 .blocks tr{border-bottom:1px solid var(--r-line);padding:6px 0}
 .blocks tr:last-child{border-bottom:0}
 .blocks th,.blocks td{border-bottom:0;padding:2px 0}
 .blocks td{display:flex;justify-content:space-between;gap:12px;white-space:normal}
 .blocks td::before{content:attr(data-name);color:var(--r-muted);text-align:left}
 .tile{padding:9px 10px}
 .tile .label{font-size:13.5px}
 .policies{margin:10px -9px 0}
 .story>li{grid-template-columns:1fr}
 .panel{padding:14px 13px 16px;border-radius:11px}
 .page{padding:14px 10px 36px}
 .tiles{grid-template-columns:repeat(auto-fit,minmax(128px,1fr))}
 .months{gap:14px 12px}
 .month{width:calc(33.3% - 8px);min-width:88px}
}
@media print{
 body{font-size:11.5px;background:#fff}
 .page{max-width:none;padding:0}
 nav,.fold:not([open]){display:none}
 .panel{border:0;padding:0;margin:0 0 16px;background:none}
 .tiles{grid-template-columns:repeat(4,1fr);gap:6px}
 .tile b{font-size:20px}
 .scroll{overflow:visible}
 table{font-size:9.5px}
 thead th{font-size:9px;white-space:normal}
 th.n,td.n{padding-left:5px}
 .charts{grid-template-columns:repeat(auto-fit,minmax(300px,1fr))}
 .plot{height:150px}
 .columns{height:130px}
 .policies .recobro-timeline{max-height:23cm;width:auto}
 .chart,.month,.tile,.bars li,.story>li,.columns,.recobro-timeline,tr{break-inside:avoid}
 h2,h3,.note{break-after:avoid}
 *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;
