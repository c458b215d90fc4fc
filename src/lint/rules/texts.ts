import {
  languageChain,
  type MissingContent,
  missingContent,
  type RequiredContent,
  type TextEntry,
  type TextPlace,
  textsOf,
  wordlessTemplates,
  worstLengths,
} from '../../messages/index.js';
import type { Message } from '../../policy/types.js';
import type { LintContext } from '../context.js';
import type { Remark, RuleCheck } from '../finding.js';

/** Rules about texts: what a debtor must be told, in every language and on every channel. */

const missingVariant: RuleCheck = {
  id: 'missing-variant',
  severity: 'error',
  description: 'A message has no text for a channel over which it is sent.',
  *check(context) {
    const told = new Set<string>();
    for (const send of context.sends) {
      const found = context.messages.get(send.action.send);
      if (found === undefined) continue;
      for (const [language, texts] of Object.entries(found.message.text)) {
        for (const channel of send.channels) {
          const path = `${found.path}.text.${language}`;
          if (texts[channel] !== undefined || told.has(`${path} ${channel}`)) continue;
          if (hasGeneralText(found.message.text, language, channel)) continue;
          told.add(`${path} ${channel}`);
          yield {
            path,
            message: `"${found.message.id}" has no text for ${channel} in ${language}, but ${send.path} sends it there`,
            fix: `write the ${channel} text, or take ${channel} out of the chain`,
          };
        }
      }
    }
  },
};

/** Whether `es` has the text that `es-MX` leaves out because it would be the same. */
function hasGeneralText(text: Message['text'], language: string, channel: string): boolean {
  const [, ...general] = languageChain([language]);
  return Object.entries(text).some(
    ([tag, texts]) => texts[channel] !== undefined && general.includes(languageChain([tag])[0] ?? tag),
  );
}

const missingLanguage: RuleCheck = {
  id: 'missing-language',
  severity: 'error',
  description: "A message has no text in the plan's language, or lacks a language that others have.",
  *check({ language, messages, sends }) {
    const sent = new Set(sends.map((send) => send.action.send));
    const all = new Set([...messages.values()].flatMap(({ message }) => languagesOf(message.text)));
    for (const [id, { message, path }] of messages) {
      if (!sent.has(id)) continue;
      const own = languagesOf(message.text);
      if (!languageChain([language]).some((one) => own.includes(one))) {
        yield {
          path: `${path}.text`,
          message: `"${id}" has no text in ${language}, the language of whoever says none`,
          fix: `write it in ${language}, or change plan.language`,
        };
        continue;
      }
      const missing = [...all]
        .filter((one) => !languageChain([one]).some((known) => own.includes(known)))
        .sort();
      if (missing.length === 0) continue;
      yield {
        path: `${path}.text`,
        severity: 'warning',
        message: `"${id}" has no text in ${missing.join(', ')}, in which other messages are written`,
        fix: `write it in ${missing.join(', ')}; until then it goes out in ${language}`,
      };
    }
  },
};

function languagesOf(text: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(text).flatMap((tag) => languageChain([tag])[0] ?? []);
}

/** A rule about something that texts leave out. */
function leavesOut(
  id: RuleCheck['id'],
  severity: RuleCheck['severity'],
  parts: readonly RequiredContent[],
  description: string,
  remark: (found: MissingContent, missing: readonly RequiredContent[]) => Omit<Remark, 'path'>,
): RuleCheck {
  return {
    id,
    severity,
    description,
    *check(context) {
      for (const found of missingContent(context.compiled)) {
        const missing = found.missing.filter((part) => parts.includes(part));
        if (missing.length > 0) yield { path: pathOf(context, found), ...remark(found, missing) };
      }
    },
  };
}

const said: Readonly<Record<RequiredContent, string>> = {
  number: 'which invoice it is about',
  amount: 'how much is owed',
  due: 'when it was due',
  pay: 'how to pay',
  ask: 'whom to ask',
};

const missingDebt = leavesOut(
  'missing-debt',
  'error',
  ['number', 'amount', 'due'],
  'A message does not say which invoice, how much, or due when.',
  (_, missing) => ({
    message: `does not say ${missing.map((part) => said[part]).join(' or ')}`,
    fix: `use ${missing.map((part) => examples[part]).join(' and ')}`,
  }),
);

const examples: Readonly<Record<RequiredContent, string>> = {
  number: '{{invoice.number}} or {{invoice.numbers}}',
  amount: '{{amount}}',
  due: '{{due}} or {{oldest.due}}',
  pay: '{{pay}}',
  ask: '{{ask}}',
};

const missingPayment = leavesOut(
  'missing-payment',
  'error',
  ['pay'],
  'A reminder does not say how to pay.',
  ({ missing }) => ({
    message: 'does not say how to pay',
    fix: 'use {{pay}}: the payment link of the invoice, else the instructions of the sender',
    // A number to call is a way to pay, if a poor one.
    ...(missing.includes('ask') ? {} : { severity: 'warning' }),
  }),
);

const missingContact = leavesOut(
  'missing-contact',
  'warning',
  ['ask'],
  'A reminder does not say whom to ask.',
  () => ({ message: 'does not say whom to ask', fix: 'use {{ask}}, {{sender.phone}} or {{sender.email}}' }),
);

const lateWordsBeforeDue: RuleCheck = {
  id: 'late-words-before-due',
  severity: 'error',
  description: 'A stage before or on the due date sends a text that speaks of days overdue.',
  *check(context) {
    const late = new Map<string, TextEntry>();
    for (const entry of textsOf(context.compiled)) {
      if (namesOf(entry).includes('days.overdue') && !late.has(entry.message)) late.set(entry.message, entry);
    }
    for (const { stages } of context.ladders) {
      for (const { day, sends } of stages) {
        if (day === undefined || day.last > 0) continue;
        for (const send of sends) {
          if (!late.has(send.action.send)) continue;
          yield {
            path: `${send.path}.send`,
            message: `"${send.action.send}" uses {{days.overdue}}, which is empty until the day after the due date: it would never be sent`,
            fix: 'send another message here, or take the variable out',
          };
        }
      }
    }
  },
};

const feesNotCharged: RuleCheck = {
  id: 'fees-not-charged',
  severity: 'error',
  description: 'A stage that charges no fee sends a text that names fees.',
  *check(context) {
    const naming = new Set<string>();
    for (const entry of textsOf(context.compiled))
      if (namesOf(entry).includes('fees.amount')) naming.add(entry.message);
    for (const { stage, sends } of context.ladders.flatMap((ladder) => ladder.stages)) {
      if (stage.do.some((action) => 'fee' in action)) continue;
      for (const send of sends) {
        if (!naming.has(send.action.send)) continue;
        yield {
          path: `${send.path}.send`,
          message: `"${send.action.send}" uses {{fees.amount}}, which is empty where nothing is charged: it would never be sent`,
          fix: 'charge the fee in this stage, or send another message here',
        };
      }
    }
  },
};

function namesOf({ content }: TextEntry): readonly string[] {
  return content.kind === 'text' ? content.template.variables : content.email.variables;
}

const tooLong: RuleCheck = {
  id: 'too-long',
  severity: 'warning',
  description: 'A text is longer than its channel carries, or costs too many SMS, when every value is long.',
  *check(context) {
    const { smsSegments = () => 0, maxSegments, longestLink } = context.options;
    const lengths = worstLengths(context.compiled, {
      smsSegments,
      longestLink,
      limits: { smsSegments: maxSegments },
    });
    for (const { length, limit, unit, part, ...place } of lengths) {
      if (length <= limit) continue;
      const path = pathOf(context, place) + (part === 'subject' ? '.subject' : '');
      yield {
        path,
        message: `has ${length} ${unit} when every value is as long as it gets; ${limit} are the limit`,
        fix: 'shorten the text',
        // WhatsApp refuses what is too long; the others only cost or look bad.
        ...(place.channel === 'whatsapp' ? { severity: 'error' } : {}),
      };
    }
  },
};

const thinTemplate: RuleCheck = {
  id: 'thin-template',
  severity: 'warning',
  description: 'A WhatsApp text has so many variables and so few words that a template review refuses it.',
  *check(context) {
    for (const place of wordlessTemplates(context.compiled)) {
      yield {
        path: pathOf(context, place),
        message: 'has too few words around its variables; template reviews refuse such texts',
        fix: 'write more words, or use fewer variables',
      };
    }
  },
};

/** Where a text stands in the documents, as it is written there. */
function pathOf({ messages }: LintContext, place: TextPlace): string {
  const found = messages.get(place.message);
  const texts = found?.message.text ?? {};
  const tag = Object.keys(texts).find((one) => languageChain([one])[0] === place.language) ?? place.language;
  const text = texts[tag]?.[place.channel];
  const at = `${found?.path}.text.${tag}.${place.channel}`;
  return typeof text === 'object' && 'one' in text ? `${at}.${place.form}` : at;
}

export const textRules: readonly RuleCheck[] = [
  missingVariant,
  missingLanguage,
  missingDebt,
  missingPayment,
  missingContact,
  lateWordsBeforeDue,
  feesNotCharged,
  tooLong,
  thinTemplate,
];
