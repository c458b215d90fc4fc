import type { CompiledMessage, CompiledMessages, MessageForm, Sender } from '../../messages/index.js';
import { el, type Markup } from '../draw/markup.js';
import { capital } from '../timeline/conditions.js';
import { channelName, type Speech } from '../words/index.js';
import { sampleBody } from './phones.js';
import { type Sample, samplesOf } from './samples.js';
import type { Use } from './uses.js';

/** What the messages of a page are shown with. */
export interface Gallery {
  readonly compiled: CompiledMessages;
  readonly uses: ReadonlyMap<string, readonly Use[]>;
  readonly languages: readonly string[];
  readonly channels: readonly string[];
  /** The language that is shown first. */
  readonly first: string;
  readonly sender: Sender | undefined;
  /** A language in words: `Español (México)`. */
  readonly name: (tag: string) => string;
  /** Whether several policies are shown, so that uses say whose they are. */
  readonly several: boolean;
}

const forms: readonly MessageForm[] = ['one', 'many'];

/** Switches and, below them, every message that is used, then those that are not. */
export function messagesSection(gallery: Gallery, speech: Speech): Markup {
  const { preview } = speech.words;
  const all = [...gallery.compiled.messages.values()];
  const used = [...gallery.uses.keys()].flatMap((id) => all.filter((message) => message.id === id));
  const unused = all.filter((message) => !gallery.uses.has(message.id));
  return el(
    'section',
    { id: 'messages', class: 'panel' },
    el('h2', {}, preview.messages),
    el('p', { class: 'note' }, preview.note),
    switches(gallery, speech),
    el(
      'div',
      { class: 'list' },
      ...[...used, ...unused].map((message, index) => messageCard(message, index, gallery, speech)),
    ),
  );
}

function switches({ languages, channels, first, name }: Gallery, speech: Speech): Markup {
  const { preview } = speech.words;
  return el(
    'div',
    { class: 'switches' },
    choice(
      'language',
      preview.language,
      languages.map((tag) => name(tag)),
      Math.max(0, languages.indexOf(first)),
    ),
    choice(
      'channel',
      preview.channel,
      [preview.everyChannel, ...channels.map((one) => channelName(one, speech))],
      0,
    ),
    choice(
      'form',
      preview.invoices,
      forms.map((form) => preview.forms[form]),
      0,
    ),
  );
}

/** Radio buttons that rules of the style sheet read: nothing has to run. */
function choice(name: string, legend: string, labels: readonly string[], checked: number): Markup {
  return el(
    'fieldset',
    {},
    el('legend', {}, legend),
    ...labels.map((label, index) =>
      el(
        'label',
        {},
        el('input', {
          type: 'radio',
          name,
          id: `${name}-${index}`,
          checked: index === checked ? '' : undefined,
          autocomplete: 'off',
        }),
        el('span', {}, label),
      ),
    ),
  );
}

/** What the switches hide. Where a browser knows no `:has`, everything is shown. */
export function switchRules({ languages, channels }: Pick<Gallery, 'languages' | 'channels'>): string {
  const rule = (id: string, part: string, look: string): string =>
    `#messages:has(#${id}:checked) ${part}{${look}}`;
  const when = (id: string, hidden: string): string => rule(id, hidden, 'display:none');
  return [
    ...languages.map((_, index) => when(`language-${index}`, `.sample:not(.l${index})`)),
    ...channels.flatMap((channel, index) => [
      when(`channel-${index + 1}`, `.sample:not(.c${index})`),
      // An emptied column would leave its place open.
      when(`channel-${index + 1}`, isPhone(channel) ? '.texts' : '.phones'),
      // Phones alone are narrow: messages stand side by side.
      ...(isPhone(channel)
        ? [
            rule(`channel-${index + 1}`, '.list', sideBySide),
            rule(`channel-${index + 1}`, '.message', 'border-top:0'),
          ]
        : []),
    ]),
    ...forms.map((form, index) => when(`form-${index}`, `.sample:not(.${form})`)),
  ].join('');
}

const sideBySide =
  'display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,300px),1fr));gap:0 26px';

function isPhone(channel: string): boolean {
  return channel === 'whatsapp' || channel === 'sms';
}

function messageCard(message: CompiledMessage, index: number, gallery: Gallery, speech: Speech): Markup {
  const { preview } = speech.words;
  const uses = gallery.uses.get(message.id) ?? [];
  const [lead] = uses;
  const samples = samplesOf(gallery.compiled, { ...gallery, message, uses });
  const column = (name: string, belongs: (channel: string) => boolean): Markup | undefined => {
    const own = samples.filter((sample) => belongs(sample.channel));
    if (own.length === 0) return undefined;
    return el('div', { class: name }, ...own.map((sample) => sampleCard(sample, gallery, speech)));
  };
  const told = uses.map((use) => {
    const policy = gallery.several ? `${use.policy}: ` : '';
    return `${policy}${use.name}${use.mark === '' ? '' : ` (${use.mark})`}`;
  });
  return el(
    'article',
    { class: 'message', 'aria-labelledby': `message-${index}` },
    el(
      'h3',
      { id: `message-${index}` },
      lead?.tone === undefined ? undefined : el('i', { class: `tone ${lead.tone}` }),
      lead?.name ?? message.id,
      ' ',
      el('code', {}, message.id),
    ),
    el(
      'p',
      { class: 'note' },
      uses.length === 0 ? preview.unused : preview.usedBy([...new Set(told)].join('; ')),
    ),
    el(
      'div',
      { class: 'samples' },
      column('phones', isPhone),
      column('texts', (channel) => !isPhone(channel)),
    ),
  );
}

function sampleCard(sample: Sample, { languages, channels, name }: Gallery, speech: Speech): Markup {
  const { language, channel, form } = sample;
  const at = [`l${languages.indexOf(language)}`, `c${channels.indexOf(channel)}`, form];
  const parts = [channelName(channel, speech), name(language), speech.words.preview.forms[form]];
  return el(
    'section',
    { class: `sample ${at.join(' ')}` },
    el('h4', {}, parts[0], el('small', {}, ` ${parts.slice(1).join(' · ')}`)),
    sampleBody(sample, speech),
  );
}

/** `Español (México)`, in the language of the page. */
export function languageNames({ format }: Speech): (tag: string) => string {
  const names = new Intl.DisplayNames([format.locale, 'en'], { type: 'language' });
  return (tag) => capital(names.of(tag) ?? tag);
}
