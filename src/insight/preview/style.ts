import { Markup } from '../draw/markup.js';
import { fontStack, type Theme, themeRules } from '../draw/palette.js';
import { figureRules } from '../timeline/figure.js';

/** Everything that the page looks like. It loads nothing. */
export function previewStyle(theme: Theme, switches: string): Markup {
  const scheme = theme === 'auto' ? 'light dark' : theme;
  const chat = theme === 'dark' ? night : day;
  const own = theme === 'auto' ? `${chat}@media screen and (prefers-color-scheme:dark){${night}}` : chat;
  const css = `${themeRules(':root', theme)}:root{color-scheme:${scheme}}${own}${rules}${figureRules}${switches}`;
  return new Markup(css.replace(/\n\s*/g, ''));
}

/** Grounds of the phones. */
const day = ':root{--chat:#eae4da;--bubble:#fff;--bar:#11524b;--onbar:#fff;--sms:#fff;--smsbubble:#e9e9ee}';
const night =
  ':root{--chat:#0d1418;--bubble:#1f2c33;--bar:#1d2a31;--onbar:#ebe8e1;--sms:#0c0e11;--smsbubble:#272a30}';

const rules = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;scroll-padding-top:12px}
body{margin:0;background:var(--r-ground);color:var(--r-ink);font:15px/1.5 ${fontStack};overflow-wrap:anywhere}
.page{max-width:1060px;margin:0 auto;padding:20px 16px 48px}
h1{font-size:26px;line-height:1.2;margin:8px 0 12px}
h2{font-size:20px;line-height:1.3;margin:0 0 4px}
h3{font-size:17px;line-height:1.35;margin:0}
h4{font-size:14px;margin:0 0 8px}
h4 small{font-weight:400;color:var(--r-muted);font-size:13px}
code{font-size:12.5px;font-weight:400;color:var(--r-muted);font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
nav{display:flex;flex-wrap:wrap;gap:6px;margin:0 0 18px}
nav a{color:var(--r-accent);text-decoration:none;border:1px solid var(--r-line);border-radius:99px;
 padding:3px 12px;font-size:13.5px;background:var(--r-panel)}
nav a:hover{border-color:var(--r-accent)}
a:focus-visible,summary:focus-visible,iframe:focus-visible{outline:2px solid var(--r-accent);outline-offset:2px;border-radius:6px}
.panel{background:var(--r-panel);border:1px solid var(--r-line);border-radius:16px;padding:18px;margin:0 0 18px}
.note{color:var(--r-muted);font-size:13.5px;margin:2px 0 12px}
.none,.failed{border:1px dashed var(--r-line);border-radius:12px;padding:14px;color:var(--r-muted);margin:0}
.failed{color:var(--r-formal)}
.fold{margin-top:12px;font-size:14px}
summary{cursor:pointer;color:var(--r-accent);width:fit-content}
.rules{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));gap:10px 28px;margin:14px 0}
dt{color:var(--r-muted);font-size:12.5px;font-weight:600}
dd{margin:0}
.scroll{overflow-x:auto;margin:14px 0 0}
table{border-collapse:collapse;width:100%;font-size:14px}
caption{text-align:left;font-weight:700;padding:0 0 6px}
th,td{padding:8px 14px 8px 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--r-line)}
thead th{color:var(--r-muted);font-size:12.5px}
td p{margin:0 0 3px}
.one{white-space:nowrap}
tbody th{min-width:110px}
td ul{list-style:none;margin:0;padding:0}
.after{margin:10px 0 0}
.tone{display:inline-block;width:11px;height:11px;margin-right:6px}
.tone.friendly{background:var(--r-friendly);border-radius:50%}
.tone.firm{background:var(--r-firm);border-radius:2px}
.tone.formal{background:var(--r-formal);clip-path:polygon(50% 4%,100% 96%,0 96%)}
.switches{position:sticky;top:0;z-index:2;display:flex;flex-wrap:wrap;gap:8px 22px;margin:0 -18px 6px;padding:10px 18px;
 background:var(--r-panel);border-bottom:1px solid var(--r-line)}
fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:5px;align-items:center;min-width:0}
legend{float:left;font-size:12.5px;font-weight:600;color:var(--r-muted);padding:0;margin-right:4px}
label{position:relative}
input[type=radio]{position:absolute;opacity:0;inset:0;margin:0;cursor:pointer;width:100%;height:100%}
label span{display:block;border:1px solid var(--r-line);border-radius:99px;padding:3px 12px;font-size:13.5px;background:var(--r-ground)}
input:checked+span{background:var(--r-accent);border-color:var(--r-accent);color:var(--r-panel);font-weight:600}
input:focus-visible+span{outline:2px solid var(--r-accent);outline-offset:2px}
.message{padding:22px 0 6px;border-top:1px solid var(--r-line)}
.list>.message:first-child{border-top-color:transparent}
.samples{display:flex;gap:26px;align-items:flex-start}
.phones{flex:0 0 auto;display:flex;flex-wrap:wrap;gap:22px;width:300px}
.phones .sample{width:300px;max-width:100%}
.texts{flex:1 1 0;min-width:0;display:flex;flex-direction:column;gap:22px}
.texts .sample{max-width:640px}
.phone{border:1px solid var(--r-line);border-radius:22px;overflow:hidden;display:flex;flex-direction:column;min-height:220px}
.bar{display:flex;align-items:center;gap:10px;padding:10px 14px;font-size:14px;font-weight:600}
.face{width:30px;height:30px;flex:none;border-radius:50%;display:grid;place-items:center;font-size:14px}
.name{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.whatsapp .bar{background:var(--bar);color:var(--onbar)}
.whatsapp .face{background:var(--onbar);color:var(--bar)}
.whatsapp .chat{background:var(--chat)}
.sms .bar{flex-direction:column;gap:4px;padding:12px 14px 8px;font-size:12.5px;border-bottom:1px solid var(--r-line)}
.sms .face{background:var(--r-muted);color:var(--r-panel)}
.sms,.sms .chat{background:var(--sms)}
.chat{flex:1;padding:10px 12px 16px;font-size:14.5px;line-height:1.42}
.day{text-align:center;margin:0 0 8px;font-size:12px;color:var(--r-muted)}
.whatsapp .day time{background:var(--bubble);border-radius:7px;padding:3px 9px}
.bubble{background:var(--bubble);border-radius:2px 12px 12px 12px;padding:8px 11px 6px;width:fit-content;max-width:94%;
 box-shadow:0 1px 1px rgb(0 0 0/.12)}
.sms .bubble{background:var(--smsbubble);border-radius:16px 16px 16px 4px;box-shadow:none;padding:9px 13px 8px}
.time{display:block;text-align:right;font-size:11.5px;color:var(--r-muted);margin-top:2px}
.link{color:var(--r-accent);text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:2px}
.meta{font-size:12.5px;color:var(--r-muted);margin:8px 2px 0}
.mail,.paper{border:1px solid var(--r-line);border-radius:14px;overflow:hidden;background:var(--r-ground)}
.mail dl{display:grid;grid-template-columns:auto 1fr;gap:2px 10px;margin:0;padding:12px 16px;font-size:14px;align-items:baseline}
.subject{font-weight:700}
iframe{display:block;width:100%;height:var(--wide);border:0;border-top:1px solid var(--r-line);background:#f2f4f7}
.paper{padding:20px 22px;font-size:14.5px}
pre{white-space:pre-wrap;font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;background:var(--r-ground);
 border:1px solid var(--r-line);border-radius:12px;padding:14px;margin:8px 0 0}
footer{color:var(--r-muted);font-size:13px}
@media (max-width:640px){
 .page{padding:12px 8px 36px}
 h1{font-size:22px;padding:0 6px}
 nav{padding:0 6px}
 .panel{padding:12px;border-radius:12px}
 .panel:not(#messages){padding:6px;border:0;background:none}
 .tables{padding:0 6px}
 .switches{position:static;margin:0 -12px 6px;padding:10px 12px;flex-direction:column}
 .samples{flex-direction:column;align-items:stretch}
 .phones{width:auto;justify-content:center}
 .phones .sample{width:330px}
 iframe{height:var(--narrow)}
 .tables thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
 .tables table,.tables tbody,.tables tr,.tables caption,.tables th[scope=row],.tables td{display:block}
 .tables tr{border-bottom:1px solid var(--r-line);padding:8px 0}
 .tables th,.tables td{border-bottom:0;padding:2px 0}
 .tables td:empty{display:none}
 .tables td::before{content:attr(data-name);display:block;color:var(--r-muted);font-size:12px;font-weight:600}
}
@media print{
 body{background:#fff;font-size:12px}
 .page{max-width:none;padding:0}
 nav,.switches,summary,.fold:not([open]){display:none}
 .panel{border:0;padding:0;background:none}
 .samples{display:block}
 .phones{width:auto;margin-bottom:14px}
 .phones .sample{width:280px}
 .sample,.message h3,tr{break-inside:avoid}
 .message{break-before:auto}
 h2,h3,h4,.note{break-after:avoid}
 .picture .recobro-timeline{border:0}
 *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;
