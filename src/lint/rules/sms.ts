import { type TextEntry, textsOf } from '../../messages/index.js';
import type { LintContext } from '../context.js';
import type { RuleCheck } from '../finding.js';

/**
 * Rules of countries about who may send SMS and what they may hold. From the documentation of AWS (Spain
 * registration), Exotel and Fast2SMS (India, DLT), Twilio (Mexico guidelines; errors 30034 and 30863; Alphanumeric
 * Sender ID), as collected in test/fixtures/contracts/sms-providers.json in November 2026. They change without notice.
 */

/** A name instead of a number: one-way, and not known everywhere. */
function isName(sender: string | undefined): sender is string {
  return sender !== undefined && /[A-Za-z]/.test(sender);
}

const smsSender: RuleCheck = {
  id: 'sms-sender',
  severity: 'warning',
  description: 'SMS go to a country that does not take their sender, or takes it only once it is registered.',
  *check(context) {
    const { sms } = context.options;
    if (sms === undefined || !sendsSms(context)) return;
    const { countries, sender, registered = [] } = sms;
    for (const [index, country] of countries.entries()) {
      const path = `sms.countries[${index}]`;
      const known = registered.includes(country);
      if ((country === 'US' || country === 'CA') && isName(sender)) {
        const fix = 'send from a registered 10DLC number, a toll-free number or a short code';
        yield { path, message: `names cannot send SMS to ${country}`, fix, severity: 'error' };
      } else if ((country === 'US' || country === 'CA') && !known) {
        const message = `numbers that are not registered (10DLC, toll-free) are blocked in ${country}, and collecting for others is forbidden there`;
        yield { path, message, fix: 'register the sender, and name the country in sms.registered' };
      } else if (country === 'ES' && isName(sender) && !known) {
        const message = `Spain blocks names that are not in the registry of the CNMC, exactly as written: "${sender}"`;
        yield {
          path,
          message,
          fix: 'register the name, and name ES in sms.registered; or send from a number',
        };
      } else if (country === 'IN' && !known) {
        const message = 'India asks for a registered entity, header and template (DLT) with every SMS';
        yield { path, message, fix: 'register them with your provider, and name IN in sms.registered' };
      } else if (country === 'MX' && isMobileOf('52', sender)) {
        const message = 'Mexican mobile numbers may not send for applications';
        yield { path, message, fix: 'send from a short code or a registered name' };
      }
    }
  },
};

function isMobileOf(code: string, sender: string | undefined): boolean {
  return sender?.startsWith(`+${code}`) === true;
}

const smsLink: RuleCheck = {
  id: 'sms-link',
  severity: 'warning',
  description: 'An SMS with a payment link goes to a country whose carriers filter links.',
  *check(context) {
    const { sms } = context.options;
    if (sms?.countries.includes('MX') !== true) return;
    for (const entry of smsTexts(context)) {
      const { content, message, language, form } = entry;
      if (content.kind !== 'text') continue;
      const linked =
        content.template.variables.some((name) => name === 'pay' || name === 'payment.link') ||
        /https?:\/\//i.test(content.template.source);
      if (!linked) continue;
      yield {
        path: `${context.messages.get(message)?.path}.text.${language}.sms`,
        message: `carriers in Mexico filter links, and forbid paying by text (form ${form}); {{pay}} may be one`,
        fix: 'say whom to ask instead, or send it over another channel there',
      };
    }
  },
};

function sendsSms({ sends }: LintContext): boolean {
  return sends.some((send) => send.channels.includes('sms'));
}

function* smsTexts({ sends, compiled }: LintContext): Generator<TextEntry> {
  const sent = new Set(
    sends.filter((send) => send.channels.includes('sms')).map(({ action }) => action.send),
  );
  for (const entry of textsOf(compiled)) if (entry.channel === 'sms' && sent.has(entry.message)) yield entry;
}

export const smsRules: readonly RuleCheck[] = [smsSender, smsLink];
