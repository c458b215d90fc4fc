import {
  compileMessages,
  languageChain,
  type Sender,
  senderProblems,
  textsOf,
} from '../../messages/index.js';
import type { Documents } from '../../policy/types.js';
import { el, type Markup } from '../draw/markup.js';
import type { Theme } from '../draw/palette.js';
import { checkAsked } from '../timeline/asked.js';
import { timelineFigure } from '../timeline/figure.js';
import { type Layout, modelsOf } from '../timeline/index.js';
import type { PolicyModel } from '../timeline/rows.js';
import { type Speech, speechOf } from '../words/index.js';
import { type Gallery, languageNames, messagesSection, switchRules } from './messages.js';
import { previewStyle } from './style.js';
import { ladderTables } from './tables.js';
import { usesOf } from './uses.js';

/** How a preview is made. */
export interface PreviewOptions {
  /** Heading. Default: the names of the policies. */
  readonly title?: string | undefined;
  /** BCP 47 language of the page: English, Spanish or Portuguese. Default: the plan's. Messages are shown in all of theirs. */
  readonly language?: string | undefined;
  /** Default `auto`: light or dark as the reader's device says. */
  readonly theme?: Theme | undefined;
  /** Default: wide in wide windows and on paper, narrow in narrow ones. */
  readonly layout?: Layout | undefined;
  /** Id of the one policy to show. Default: all. */
  readonly policy?: string | undefined;
  /** Who writes the example messages. Default: an invented company. */
  readonly sender?: Sender | undefined;
}

/**
 * Policies and their messages as one HTML page that stands by itself: the
 * picture for wide and narrow windows, the ladder as a table, and every message
 * in every language, channel and form, with invented data, as its reader gets
 * it: chat bubbles with their length, SMS with its segments, e-mails as mail
 * programs show them. Language, channel and number of invoices are switched
 * without a program: the page loads nothing and runs nothing, and whatever the
 * documents hold is escaped. The same documents give the same bytes.
 *
 * @example
 * const documents = presets.balanced({ zone: 'America/Bogota', language: 'es' });
 * writeFileSync('preview.html', previewPage(documents));
 * @throws RecobroError `unknown_id` for a policy that the documents do not hold;
 * `invalid_template` with every problem of the messages; `invalid_document` for what is
 * no set of documents; `invalid_option` for a layout, theme or sender that cannot be shown
 */
export function previewPage(documents: Documents, options: PreviewOptions = {}): string {
  // What a sender lacks is told at the texts that need it; what is no text cannot be shown at all.
  const odd = options.sender === undefined ? [] : senderProblems(options.sender);
  checkAsked(
    documents,
    options,
    odd.filter(({ code }) => code === 'missing' || code === 'not_text'),
  );
  const speech = speechOf(options.language ?? documents.plan.language);
  const models = modelsOf(documents, options.policy, speech);
  const { preview } = speech.words;
  const title = options.title ?? preview.title(models.map((model) => model.name).join(', '));
  const gallery = galleryOf(documents, options, models, speech);
  const theme = options.theme ?? 'auto';
  const head = el(
    'head',
    {},
    el('meta', { charset: 'utf-8' }),
    el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    // Nothing may be loaded or run, whatever the documents hold.
    el('meta', {
      'http-equiv': 'Content-Security-Policy',
      content: "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    }),
    el('meta', { name: 'referrer', content: 'no-referrer' }),
    el('title', {}, title),
    el('style', {}, previewStyle(theme, switchRules(gallery))),
  );
  const policies = models.map((model, index) =>
    el(
      'section',
      { id: `policy-${index}`, class: 'panel', 'aria-label': model.name },
      timelineFigure(documents, {
        policy: model.id,
        theme,
        language: options.language,
        layout: options.layout,
      }),
      ladderTables(model, speech),
    ),
  );
  const body = el(
    'body',
    {},
    el(
      'div',
      { class: 'page' },
      el('header', {}, el('h1', {}, title), links(models, gallery.languages.length > 0, title, speech)),
      el(
        'main',
        {},
        ...policies,
        gallery.languages.length === 0 ? undefined : messagesSection(gallery, speech),
      ),
      el('footer', {}, el('p', {}, preview.madeBy)),
    ),
  );
  return `<!doctype html>\n${el('html', { lang: speech.format.locale }, head, body).text}\n`;
}

function links(
  models: readonly PolicyModel[],
  hasMessages: boolean,
  title: string,
  { words }: Speech,
): Markup {
  return el(
    'nav',
    { 'aria-label': title },
    ...models.map((model, index) =>
      el('a', { href: `#policy-${index}` }, models.length > 1 ? model.name : words.preview.policy),
    ),
    hasMessages ? el('a', { href: '#messages' }, words.preview.messages) : undefined,
  );
}

function galleryOf(
  documents: Documents,
  { sender }: PreviewOptions,
  models: readonly PolicyModel[],
  speech: Speech,
): Gallery {
  const compiled = compileMessages(documents.messages);
  const texts = [...textsOf(compiled)];
  const languages = [...new Set(texts.map((text) => text.language))];
  const wanted = languageChain([documents.plan.language ?? 'en']);
  return {
    compiled,
    uses: usesOf(models),
    languages,
    name: languageNames(speech),
    channels: inOrder([...new Set(texts.map((text) => text.channel))]),
    first: wanted.find((tag) => languages.includes(tag)) ?? languages[0] ?? 'en',
    sender,
    several: models.length > 1,
  };
}

const usual: readonly string[] = ['whatsapp', 'sms', 'email'];

/** The usual channels first, then the host's own. */
function inOrder(channels: readonly string[]): string[] {
  return [
    ...usual.filter((one) => channels.includes(one)),
    ...channels.filter((one) => !usual.includes(one)),
  ];
}
