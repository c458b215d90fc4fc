import { languageChain } from '../../messages/index.js';
import type { RuleCheck } from '../finding.js';
import { textsIn, wordIn } from './tone.js';

/** Rules about how messages are written, beside threats. */

const shouting: RuleCheck = {
  id: 'shouting',
  severity: 'warning',
  description: 'A text shouts: words in capitals, or rows of exclamation marks.',
  *check({ messages }) {
    for (const { message, path } of messages.values()) {
      for (const [place, text] of textsIn(message.text, `${path}.text`)) {
        const found = shout(text);
        if (found === undefined) continue;
        yield {
          path: place,
          message: `"${found}" reads as shouting`,
          fix: 'write in small letters, with one mark at most',
        };
      }
    }
  },
};

/** Two long words in capitals, one after the other, or marks in a row. A single one may be an abbreviation. */
function shout(text: string): string | undefined {
  const plain = text.replace(/\{\{[^}]*\}\}/g, ' ');
  return /[!¡]{2,}|\b\p{Lu}{4,}[ ,]+\p{Lu}{4,}\b/u.exec(plain)?.[0];
}

/** Words that sell. Early payment discounts are agreed terms and have other words. */
const promotion: Readonly<Record<string, readonly string[]>> = {
  es: [
    'aproveche',
    'oferta',
    'ofertas',
    'promocion',
    'promociones',
    'cupon',
    'regalo',
    'sorteo',
    'no se lo pierda',
  ],
  en: [
    'special offer',
    'promotion',
    'promo code',
    'coupon',
    'giveaway',
    'gift',
    'sale now',
    'limited time',
    'buy now',
  ],
  pt: ['aproveite', 'oferta', 'ofertas', 'promocao', 'promocoes', 'cupom', 'brinde', 'sorteio', 'nao perca'],
};

const promotionalWords: RuleCheck = {
  id: 'promotional-words',
  severity: 'warning',
  description: 'A WhatsApp text promotes something, so that it is no utility message.',
  *check({ messages }) {
    for (const { message, path } of messages.values()) {
      for (const [tag, texts] of Object.entries(message.text)) {
        const language = (languageChain([tag])[0] ?? tag).split('-')[0] ?? '';
        for (const [place, text] of textsIn(texts.whatsapp, `${path}.text.${tag}.whatsapp`)) {
          const found = wordIn(text, promotion[language] ?? []);
          if (found === undefined) continue;
          yield {
            path: place,
            message: `"${found}" promotes something; the template would be reviewed as marketing`,
            fix: 'speak of the debt alone',
          };
        }
      }
    }
  },
};

export const mannerRules: readonly RuleCheck[] = [shouting, promotionalWords];
