import { type Problem, RecobroError } from '../errors.js';
import { compare, type Money, sumByCurrency } from '../money/index.js';
import type { MessageAbout } from '../policy/types.js';
import type { CompiledMessages, CompiledText } from './compile.js';
import { emailHtml } from './email-html.js';
import { type BodyValues, emailText, type Reader } from './email-text.js';
import type { EmailContent, MessageItem, RenderRequest, TextContent } from './facts.js';
import { type Formatter, formatterOf } from './format.js';
import { balanceOf, byDue, totalOf } from './items.js';
import { formatLocale, languageChain } from './language.js';
import { payAdvice, payLink } from './pay.js';
import { renderTemplate } from './template.js';
import { itemValue, textValues, type ValueContext } from './values.js';
import type { MessageForm } from './variables.js';
import { whatsappBodyLimit } from './whatsapp-body.js';
import { wordsOf } from './words.js';

/** Rows of an e-mail, beyond which some clients hide its end: there stand the totals and how to pay. */
const mostRows = 50;

/** A finished message. */
export interface RenderedMessage {
  readonly content: TextContent | EmailContent;
  readonly form: MessageForm;
  /** The language of the text that was found, BCP 47. */
  readonly language: string;
  /** Variables of the text with their values. */
  readonly variables: Readonly<Record<string, string>>;
}

/**
 * The message as it goes out, made from facts alone: no clock, no locale of
 * the process. The text is looked for language by language (`es-MX`, `es`,
 * then the next wanted one); amounts and dates are written for the reader's
 * country. Nothing is sent with a hole in it: an empty variable is an error.
 *
 * @throws RecobroError `unknown_id` for a message that is not in the catalogue;
 * `invalid_template` when it has no text for the channel in any wanted language;
 * `text_too_long` for a WhatsApp text beyond 1024 characters with its values;
 * `empty_variable` naming message, channel, language and variable, never the data;
 * `impossible_state` when there is no item or the totals contradict the items
 */
export function renderMessage(compiled: CompiledMessages, request: RenderRequest): RenderedMessage {
  const { channel, facts } = request;
  const message = compiled.messages.get(request.message);
  if (message === undefined) {
    throw new RecobroError('unknown_id', `the catalogue has no message ${JSON.stringify(request.message)}`);
  }
  let found: { readonly language: string; readonly text: CompiledText } | undefined;
  for (const language of languageChain(request.languages)) {
    const text = message.languages.get(language)?.get(channel);
    if (text !== undefined) {
      found = { language, text };
      break;
    }
  }
  if (found === undefined) {
    throw new RecobroError(
      'invalid_template',
      `message ${message.id} has no ${channel} text in ${request.languages.join(', ')}`,
    );
  }
  if (facts.items.length === 0) {
    throw new RecobroError('impossible_state', `message ${message.id} lists no item`);
  }
  if (message.about === 'items') checkTotals(request);

  const { language, text } = found;
  const form: MessageForm = facts.items.length === 1 ? 'one' : 'many';
  const format = formatterOf(
    formatLocale({
      language,
      wanted: request.languages,
      region: request.region,
      currencies: [...new Set(facts.items.map((item) => item.currency))],
    }),
  );
  const context: ValueContext = { channel, facts, format, words: wordsOf(language) };
  const read = textValues(context);
  const where = `message ${message.id}, channel ${channel}, language ${language}`;

  if (text.kind === 'text') {
    const template = text.forms[form];
    const variables = readVariables(template.variables, read, where);
    const parameters = Object.entries(variables).map(([name, value]) => ({ name, value }));
    // Over WhatsApp the provider puts the values into the approved text as they are.
    const written = renderTemplate(template, read, { literally: channel === 'whatsapp' }).trim();
    if (channel === 'whatsapp' && written.length > whatsappBodyLimit) {
      throw new RecobroError(
        'text_too_long',
        `${where}: the text has ${written.length} characters with its values, and may have ${whatsappBodyLimit}`,
      );
    }
    const link = payLink(payAdvice(facts, context.words));
    const content: TextContent = {
      kind: 'text',
      text: written,
      variables: link === '' ? variables : { ...variables, 'payment.link': link },
      parameters,
    };
    return { content, form, language, variables };
  }

  const email = text.forms[form];
  const variables = readVariables(email.variables, read, where);
  const sorted = byDue(facts.items);
  const items = sorted.map((item) => (name: string) => itemValue(name, item, format));
  // Also of those that are not shown: a mail does not go out on facts with holes.
  for (const item of items) readVariables(email.itemVariables, item, where, 'items.');
  const values: BodyValues = {
    text: read,
    items: items.slice(0, mostRows),
    rest: restOf(sorted.slice(mostRows), context),
    pay: payAdvice(facts, context.words),
    totals: totalsOf(message.about, context),
  };
  const subject = renderTemplate(email.subject, read).trim();
  const content: EmailContent = {
    kind: 'email',
    subject,
    text: emailText(email.body, values),
    html: emailHtml(email.body, values, { subject, language, sender: facts.sender, words: context.words }),
  };
  return { content, form, language, variables };
}

/** What the rows that are not shown come to. */
function restOf(rest: readonly MessageItem[], { format, words }: ValueContext): BodyValues['rest'] {
  if (rest.length === 0) return undefined;
  const sum = (of: (item: MessageItem) => number | undefined): Money[] =>
    sumByCurrency(rest.map((item) => ({ minor: of(item) ?? 0, currency: item.currency })));
  const sums = {
    amount: totalOf(rest),
    balance: balanceOf(rest),
    original: sum((item) => item.original),
    paid: sum((item) => item.paid),
  };
  return { more: words.more(format.count(rest.length)), totals: readersOf(sums, format) };
}

/** Totals of all items. */
function totalsOf(about: MessageAbout, { facts, format }: ValueContext): readonly Reader[] {
  const sums =
    about === 'items'
      ? { amount: totalOf(facts.items), 'balance.amount': balanceOf(facts.items) }
      : { 'paid.amount': facts.totals ?? [] };
  return readersOf(sums, format);
}

/** Reads sums by the name of their variable, one reader for each currency. */
function readersOf(sums: Readonly<Record<string, readonly Money[]>>, format: Formatter): readonly Reader[] {
  const currencies = new Set(Object.values(sums).flatMap((all) => all.map(({ currency }) => currency)));
  return [...currencies].map((currency) => (name) => {
    const all = Object.hasOwn(sums, name) ? sums[name] : undefined;
    const found = all?.find((sum) => sum.currency === currency) ?? { minor: 0, currency };
    return all === undefined ? '' : format.money(found);
  });
}

function readVariables(
  names: readonly string[],
  read: (name: string) => string,
  where: string,
  prefix = '',
): Record<string, string> {
  const values: Record<string, string> = {};
  const problems: Problem[] = [];
  for (const name of names) {
    const value = read(name);
    values[name] = value;
    if (value.trim() === '') {
      problems.push({ path: prefix + name, code: 'empty_variable', message: 'has no value' });
    }
  }
  if (problems.length > 0) {
    throw new RecobroError('empty_variable', `${where}: a variable has no value, nothing was sent`, {
      problems,
    });
  }
  return values;
}

/** A message asks for the sum of what it lists; a decision that came to another one is not this message's. */
function checkTotals({ message, facts }: RenderRequest): void {
  const { totals } = facts;
  if (totals === undefined) return;
  if (!agree(totals, totalOf(facts.items)) && !agree(totals, totalOf(facts.items.filter((i) => i.acting)))) {
    throw new RecobroError('impossible_state', `message ${message}: the totals are not those of its items`);
  }
}

function agree(given: readonly Money[], sums: readonly Money[]): boolean {
  return (
    given.length === sums.length &&
    sums.every((sum) => given.some((each) => each.currency === sum.currency && compare(each, sum) === 0))
  );
}
