import { clean, shorten } from './clean.js';
import { type BodyValues, inlineText, listLines, type Reader, rowCells } from './email-text.js';
import { escapeHtml } from './escape.js';
import { isRightToLeft } from './language.js';
import { authorLink, webLink } from './links.js';
import type { Block, Inline } from './markup.js';
import { methodLine, type PayAdvice, type PayMethod } from './pay.js';
import type { Sender } from './sender.js';
import { mapText, renderTemplate } from './template.js';
import type { Words } from './words.js';

/**
 * HTML for mail clients: tables for layout, styles inline since many clients
 * drop style sheets, one small sheet for dark colours and narrow screens where clients read it. No
 * image, script or remote content, so nothing is blocked or tracked.
 */
const font = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const ink = 'color:#1f2933';
const quiet = 'color:#616e7c';
const line = '#d9dee4';
const button =
  'display:inline-block;padding:12px 24px;color:#ffffff;font-weight:600;text-decoration:none;word-break:normal';
// Word, which draws mails in Outlook, inherits no font into tables, and no padding into links.
const forWord = `<!--[if mso]><style>body,table,td,th,p,li,a{font-family:'Segoe UI',Arial,sans-serif!important}</style><![endif]-->`;
const preheaderLength = 110;

const sheet = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){.page{background:#14181d!important}.card{background:#1f252c!important}.ink,.ink td,.ink th,.ink p,.ink li{color:#e6eaef!important}.ink td.quiet,.ink span.quiet{color:#9aa5b1!important}.ink a{color:#8ab4ff!important}.rule,.rule td,.rule th{border-color:#3e4c59!important}.box{background:#262e37!important}.ink td.button{background:#2f5fe0!important}.ink td.button a{color:#ffffff!important}}
@media (max-width:480px){.side{padding-left:12px!important;padding-right:12px!important}.outer{padding:12px 0!important}.rule td,.rule th{padding:6px 2px!important;font-size:12px!important;line-height:16px!important;white-space:normal!important}}`;

/** What frames the body. */
export interface EmailFrame {
  readonly subject: string;
  readonly language: string;
  readonly sender: Sender;
  readonly words: Words;
}

/** The body as an HTML document. */
export function emailHtml(blocks: readonly Block[], values: BodyValues, frame: EmailFrame): string {
  const { subject, language, sender, words } = frame;
  const direction = isRightToLeft(language) ? 'rtl' : 'ltr';
  const contact = [sender.phone, sender.email, sender.address].map((part) => clean(part ?? ''));
  const foot = contact.filter((part) => part !== '').map(escapeHtml);
  const preheader = preheaderOf(blocks, values);
  return `<!doctype html>
<html lang="${escapeHtml(language)}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no">
<title>${escapeHtml(subject)}</title>
<style>
${sheet}
</style>
${forWord}
</head>
<body class="page" style="margin:0;padding:0;background:#f2f4f7">
<div style="display:none;max-height:0;overflow:hidden;font-size:1px;line-height:1px;opacity:0">${escapeHtml(preheader)}</div>
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#f2f4f7"><tr><td class="outer" align="center" style="padding:24px 12px">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" class="card ink" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;background:#ffffff;border-radius:8px;${font};font-size:16px;line-height:24px;${ink}">
<tr><td class="side" style="padding:24px 28px 0 28px;font-weight:700;font-size:18px">${escapeHtml(clean(sender.name))}</td></tr>
<tr><td class="side" style="padding:16px 28px 12px 28px">
${blocks.map((block) => blockHtml(block, values, words)).join('\n')}
</td></tr>
${foot.length === 0 ? '' : `<tr><td class="side quiet" style="padding:0 28px 24px 28px;font-size:13px;line-height:20px;${quiet}">${foot.join(' · ')}</td></tr>\n`}</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>
`;
}

/** The line that inboxes show beside the subject: what comes after the greeting. */
function preheaderOf(blocks: readonly Block[], values: BodyValues): string {
  const paragraphs = blocks.flatMap((block) => (block.kind === 'paragraph' ? [block] : []));
  const shown = paragraphs[1] ?? paragraphs[0];
  if (shown === undefined) return '';
  return shorten(shown.lines.map((text) => inlineText(text, values.text)).join(' '), preheaderLength);
}

function blockHtml(block: Block, values: BodyValues, words: Words): string {
  const paragraph = 'margin:0 0 16px 0';
  switch (block.kind) {
    case 'paragraph':
      return `<p style="${paragraph}">${block.lines.map((text) => inlineHtml(text, values.text)).join('<br>\n')}</p>`;
    case 'list':
      return `<ul style="${paragraph};padding-left:20px">\n${listLines(
        block.rows,
        values,
        inlineHtml,
        escapeHtml,
      )
        .map((entry) => `<li>${entry}</li>`)
        .join('\n')}\n</ul>`;
    case 'table':
      return tableHtml(block, values);
    case 'pay':
      return payHtml(values.pay, words);
  }
}

function tableHtml({ rows, numeric, dates }: Extract<Block, { kind: 'table' }>, values: BodyValues): string {
  const cell = (tag: 'td' | 'th', content: string, column: number, style: string) => {
    const align = numeric[column]
      ? 'text-align:right;text-align:end;white-space:nowrap;font-variant-numeric:tabular-nums'
      : `text-align:left;text-align:start${dates[column] ? ';white-space:nowrap' : ''}`;
    const scope = tag === 'th' ? ' scope="col"' : '';
    return `<${tag}${scope} style="padding:8px 6px;border-bottom:1px solid ${line};vertical-align:top;${align}${style}">${content}</${tag}>`;
  };
  const html = rows.flatMap((row, index) => {
    const head = index === 0;
    const style = head ? ';font-weight:600' : row.repeat ? '' : ';font-weight:700';
    return rowCells(row, values).map((cells) => {
      const written = cells.map((one, column) => {
        const html = typeof one === 'string' ? escapeHtml(one) : inlineHtml(one.content, one.read);
        return cell(head ? 'th' : 'td', html, column, style);
      });
      return `<tr>${written.join('')}</tr>`;
    });
  });
  return `<table class="rule" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 16px 0;border-collapse:collapse;font-size:14px;line-height:20px">\n${html.join('\n')}\n</table>`;
}

function payHtml(advice: PayAdvice, words: Words): string {
  const box = (lines: readonly string[]) =>
    layout(
      '100%',
      `<td class="box" bgcolor="#f2f4f7" style="padding:12px 16px;border-radius:6px;background:#f2f4f7;word-break:break-word">${lines.join('<br>\n')}</td>`,
    );
  switch (advice.kind) {
    case 'none':
      return '';
    case 'link': {
      const others = advice.methods.map(methodHtml);
      if (words.payNow === '') return box([anchor(advice.url, escapeHtml(advice.url)), ...others]);
      const href = escapeHtml(advice.url);
      const link = `${layout(
        undefined,
        `<td class="button" bgcolor="#1d4ed8" style="border-radius:6px;background:#1d4ed8;mso-padding-alt:12px 24px"><a href="${href}" style="${button}">${escapeHtml(words.payNow)}</a></td>`,
        8,
      )}\n<p style="margin:0 0 16px 0"><span class="quiet" style="font-size:13px;${quiet};word-break:break-all">${href}</span></p>`;
      return others.length === 0 ? link : `${link}\n${box(others)}`;
    }
    case 'links':
      return box(
        advice.links.map(({ number, url }) => `${escapeHtml(number)}: ${anchor(url, escapeHtml(url))}`),
      );
    case 'methods':
      return box(advice.methods.map(methodHtml));
  }
}

/** One cell as a table of its own: the only box whose colour and padding every client draws. */
function layout(width: string | undefined, cell: string, below = 16): string {
  const wide = width === undefined ? '' : ` width="${width}"`;
  return `<table role="presentation"${wide} cellpadding="0" cellspacing="0" border="0" style="margin:0 0 ${below}px 0"><tr>${cell}</tr></table>`;
}

function methodHtml(method: PayMethod): string {
  const url = webLink(method.value);
  if (url === undefined) return escapeHtml(methodLine(method));
  const link = anchor(url, escapeHtml(url));
  return method.label === undefined ? link : `${escapeHtml(method.label)}: ${link}`;
}

function inlineHtml(content: readonly Inline[], read: Reader): string {
  return content
    .map((part) => {
      // Fixed text and values are escaped each once, where they come from.
      const html = renderTemplate(mapText(part.template, escapeHtml), (name) =>
        name === 'pay' ? linked(read(name)) : isolated(read(name), escapeHtml(read(name))),
      );
      if (part.kind !== 'link') return part.kind === 'strong' ? `<strong>${html}</strong>` : html;
      const href = authorLink(renderTemplate(part.href, (name) => hrefValue(read(name))));
      return href === undefined ? html : anchor(href, html);
    })
    .join('');
}

/** A name in a script of the other direction would take amounts beside it along, and show them in another place. */
function isolated(value: string, html: string): string {
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(value)
    ? `<bdi>${html}</bdi>`
    : html;
}

// A whole address may be a value by itself; anything else becomes part of one.
function hrefValue(value: string): string {
  return webLink(value) ?? encodeURI(value);
}

/** How to pay within a line: every address in it becomes a link. */
function linked(value: string): string {
  return value
    .split(/(\s+)/)
    .map((word) => {
      const url = webLink(word);
      return url === undefined ? escapeHtml(word) : anchor(url, escapeHtml(word));
    })
    .join('');
}

function anchor(href: string, html: string): string {
  return `<a href="${escapeHtml(href)}" style="color:#1d4ed8">${html}</a>`;
}
