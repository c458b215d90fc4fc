import { languageChain, senderProblems, type TextEntry, textsOf } from '../../messages/index.js';
import type { LintContext } from '../context.js';
import type { MappedTemplate, MappedTemplates, RuleCheck } from '../finding.js';

/** Rules about documents beside what the host has set up: channels, sender, approved templates. */

const noChannel: RuleCheck = {
  id: 'no-channel',
  severity: 'error',
  description: 'None of the channels over which a message is sent is set up.',
  *check({ sends }) {
    for (const { path, channels, via, action } of sends) {
      if (channels.length > 0) continue;
      const named = via.map((place) => place.channel).join(', ');
      yield {
        path: action.via === undefined ? path : `${path}.via`,
        message: `"${action.send}" is to go out by ${named}, none of which is set up`,
        fix: 'set one of them up, or name a channel that is',
      };
    }
  },
};

const senderLacks: RuleCheck = {
  id: 'sender-lacks',
  severity: 'warning',
  description: 'The sender does not say whom to ask, how to pay or who writes.',
  *check({ options: { sender }, compiled }) {
    if (sender === undefined) return;
    for (const { path, message } of senderProblems(sender))
      yield { path, message, fix: 'complete the sender' };
    const asks = [...textsOf(compiled)].some((entry) => variablesOf(entry).includes('pay'));
    if (sender.pay !== undefined || !asks) return;
    yield {
      path: 'sender.pay',
      message:
        'reminders that say {{pay}} go out only for invoices with a payment link, or where the payment port answers',
      fix: 'say how to pay, such as { bank: "…" }',
    };
  },
};

function variablesOf({ content }: TextEntry): readonly string[] {
  return content.kind === 'text' ? content.template.variables : content.email.variables;
}

/** WhatsApp texts of messages that are sent there. */
function* whatsappTexts({ sends, compiled }: LintContext): Generator<TextEntry> {
  const sent = new Set(
    sends.filter((send) => send.channels.includes('whatsapp')).map((send) => send.action.send),
  );
  for (const entry of textsOf(compiled))
    if (entry.channel === 'whatsapp' && sent.has(entry.message)) yield entry;
}

/** The template of a text: as the channel looks it up, by language and its parents. */
function templateOf(
  templates: MappedTemplates,
  { message, language, form }: TextEntry,
): { readonly template: MappedTemplate; readonly path: string } | undefined {
  const languages = Object.hasOwn(templates, message) ? (templates[message] ?? {}) : {};
  for (const tag of languageChain([language])) {
    const key = Object.keys(languages).find((one) => languageChain([one])[0] === tag);
    const forms = key === undefined ? undefined : languages[key];
    if (forms === undefined) continue;
    const path = `templates.${message}.${key}`;
    if ('name' in forms) return { template: forms, path };
    const template = forms[form];
    if (template !== undefined) return { template, path: `${path}.${form}` };
  }
  return undefined;
}

const unmappedTemplate: RuleCheck = {
  id: 'unmapped-template',
  severity: 'error',
  description: 'A message is sent by WhatsApp, and no approved template is mapped to it.',
  *check(context) {
    const { templates } = context.options;
    if (templates === undefined) return;
    for (const entry of whatsappTexts(context)) {
      if (templateOf(templates, entry) !== undefined) continue;
      yield {
        path: `templates.${entry.message}.${entry.language}.${entry.form}`,
        message: `no template is mapped for "${entry.message}" in ${entry.language}, form ${entry.form}`,
        fix: 'map it to an approved template, or take whatsapp out of the chain',
      };
    }
  },
};

const wrongParameter: RuleCheck = {
  id: 'wrong-parameter',
  severity: 'error',
  description: 'A placeholder of a mapped template is filled with what the text does not say.',
  *check(context) {
    const { templates } = context.options;
    if (templates === undefined) return;
    for (const entry of whatsappTexts(context)) {
      const found = templateOf(templates, entry);
      const said = variablesOf(entry);
      if (found === undefined) continue;
      for (const [place, variable] of variablesIn(found.template)) {
        if (said.includes(variable) || isPaymentLink(place, variable, entry)) continue;
        yield {
          path: `${found.path}.${place}`,
          message: `the text of "${entry.message}" has no {{${variable}}} to send (${entry.language}, form ${entry.form})`,
          fix: `use one of ${said.join(', ')}`,
        };
      }
    }
  },
};

/** A button or a document may have the payment link, whether the text says it or not. */
function isPaymentLink(place: string, variable: string, { about }: TextEntry): boolean {
  return variable === 'payment.link' && about === 'items' && !place.startsWith('parameters');
}

/** The variables that a mapped template names, with their places. */
function* variablesIn({
  parameters = {},
  header,
  buttons = [],
}: MappedTemplate): Generator<[string, string]> {
  for (const [key, variable] of Object.entries(parameters))
    yield [`parameters${Array.isArray(parameters) ? `[${key}]` : `.${key}`}`, variable];
  for (const name of namesIn(header?.link)) yield ['header.link', name];
  for (const [index, button] of buttons.entries()) {
    if (button.type === 'reply')
      for (const name of namesIn(button.payload)) yield [`buttons[${index}].payload`, name];
    if (button.type === 'url')
      for (const name of namesIn(button.suffix)) yield [`buttons[${index}].suffix`, name];
  }
}

function namesIn(text = ''): readonly string[] {
  return [...text.matchAll(/\{\{\s*([^{}\s]+)\s*\}\}/g)].map(([, name = '']) => name);
}

/** What buttons may carry so that an answer is understood without a word being read: the intents, and asking for a plan. */
export const knownPayloads: readonly string[] = [
  'paid',
  'promise',
  'dispute',
  'cannot_pay',
  'plan',
  'stop',
  'start',
  'help',
  'other_person',
];

const unreadPayload: RuleCheck = {
  id: 'unread-payload',
  severity: 'warning',
  description: 'A button of a mapped template carries what is not understood when it is pressed.',
  *check(context) {
    const { templates } = context.options;
    if (templates === undefined) return;
    for (const entry of whatsappTexts(context)) {
      const found = templateOf(templates, entry);
      for (const [index, button] of (found?.template.buttons ?? []).entries()) {
        if (button.type !== 'reply' || knownPayloads.includes(button.payload.split(':')[0] ?? '')) continue;
        yield {
          path: `${found?.path}.buttons[${index}].payload`,
          message: `"${button.payload}" is none of the answers that are understood`,
          fix: `use ${knownPayloads.join(', ')}, or turn the rule off if your own classifier reads it`,
        };
      }
    }
  },
};

export const setupRules: readonly RuleCheck[] = [
  noChannel,
  senderLacks,
  unmappedTemplate,
  wrongParameter,
  unreadPayload,
];
