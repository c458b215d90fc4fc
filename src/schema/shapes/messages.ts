import { z } from 'zod';
import { most } from '../limits.js';
import { id, keyed, language, strict, version } from './elements.js';

const words = z.string().min(1);
const variant = z.union([words, strict({ one: words, many: words })]);
const email = strict({ subject: variant, body: variant });

const any = z.union([words, strict({ one: words, many: words }), email]);

const texts = z
  .object({
    whatsapp: variant.optional(),
    sms: variant.optional(),
    email: email.optional(),
    call: any.optional(),
    letter: any.optional(),
  })
  .catchall(any.optional());

export const message = strict({
  id,
  about: z.enum(['items', 'payment', 'promise', 'dispute', 'report']),
  text: keyed(language, texts),
});

export const messages = strict({ id, version, messages: z.array(message).max(most.messages) });
