import { clean, shorten } from './clean.js';
import { emailHtml } from './email-html.js';
import { type BodyValues, emailText } from './email-text.js';
import type { EmailContent, TextContent } from './facts.js';
import type { Block } from './markup.js';
import type { Sender } from './sender.js';
import { templateOf } from './template.js';
import { wordsOf } from './words.js';

/** Words that are no message of a catalogue: what somebody answers. */
export interface GivenWords {
  readonly text: string;
  /** Of an e-mail. */
  readonly subject: string;
  /** BCP 47. */
  readonly language: string;
  readonly sender: Sender;
}

const longestSubject = 200;

/** Given words as a text: they are data, so that nothing in them is a variable. */
export function givenText({ text }: Pick<GivenWords, 'text'>): TextContent {
  return { kind: 'text', text: text.trim(), variables: {}, parameters: [] };
}

/** Given words as an e-mail, in the frame of all others. Every line is a value, never a template: nothing in it is markup. */
export function givenEmail({ text, subject, language, sender }: GivenWords): EmailContent {
  const known = new Map<string, string>();
  const blocks = text
    .trim()
    .split(/\n[^\S\n]*(?:\n[^\S\n]*)+/)
    .map((chunk): Block => {
      const lines = chunk.split('\n').map((line) => {
        const name = `line${known.size}`;
        known.set(name, line.trim());
        return [{ kind: 'text' as const, template: templateOf(`{{${name}}}`) }];
      });
      return { kind: 'paragraph', lines };
    });
  const values: BodyValues = {
    text: (name) => known.get(name) ?? '',
    items: [],
    rest: undefined,
    pay: { kind: 'none' },
    totals: [],
  };
  const head = shorten(clean(subject), longestSubject);
  return {
    kind: 'email',
    subject: head,
    text: emailText(blocks, values),
    html: emailHtml(blocks, values, { subject: head, language, sender, words: wordsOf(language) }),
  };
}
