import type { Messages, MessageTexts } from '../../types.js';
import { en } from './en/index.js';
import { es, regional } from './es/index.js';
import { aboutOf, type PresetMessage } from './pack.js';
import { pt } from './pt/index.js';

/**
 * A catalogue of preset messages in Spanish, English and Portuguese, with what
 * is said otherwise in Spain, Mexico and Colombia. Portuguese is Brazilian and
 * stands under `pt`: readers of `pt-BR` fall back to it, and those who only say
 * `pt` find it too.
 */
export function presetMessages(id: string, messages: readonly PresetMessage[]): Messages {
  return {
    id,
    version: 1,
    messages: messages.map((message) => ({
      id: message,
      about: aboutOf[message],
      text: { es: es[message], en: en[message], pt: pt[message], ...variants(message) },
    })),
  };
}

function variants(message: PresetMessage): Record<string, MessageTexts> {
  const found: Record<string, MessageTexts> = {};
  for (const [tag, pack] of Object.entries(regional)) {
    const texts = differing(pack[message], es[message]);
    if (Object.keys(texts).length > 0) found[tag] = texts;
  }
  return found;
}

/** The channels whose texts are not those of the base: the others fall back to it. */
function differing(texts: MessageTexts, base: MessageTexts): MessageTexts {
  return Object.fromEntries(
    Object.entries(texts).filter(([channel, text]) => JSON.stringify(text) !== JSON.stringify(base[channel])),
  );
}
