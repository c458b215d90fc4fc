import type { Messages } from '../../types.js';
import { en } from './en.js';
import { es } from './es.js';
import { aboutOf, type PresetMessage } from './pack.js';
import { pt } from './pt.js';

/** A catalogue of preset messages in Spanish, English and Portuguese. */
export function presetMessages(id: string, messages: readonly PresetMessage[]): Messages {
  return {
    id,
    version: 1,
    messages: messages.map((message) => ({
      id: message,
      about: aboutOf[message],
      text: { es: es[message], en: en[message], pt: pt[message] },
    })),
  };
}
