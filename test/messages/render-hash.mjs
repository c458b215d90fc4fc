// Renders every preset message and prints one hash, with the zone and locale that the process has.
import { createHash } from 'node:crypto';
import { registerHooks } from 'node:module';

// The sources are TypeScript with imports that end in .js; node strips the types by itself.
registerHooks({
  resolve(specifier, context, next) {
    const own = specifier.startsWith('.') && context.parentURL?.includes('/src/');
    return next(own ? specifier.replace(/\.js$/, '.ts') : specifier, context);
  },
});
const { compileMessages, exampleFacts, exampleSender, renderMessage, textsOf } = await import(
  '../../src/messages/index.ts'
);
const { presetMessages } = await import('../../src/policy/presets/messages/catalogue.ts');

const catalogue = presetMessages('m', [
  'upcoming',
  'due-today',
  'reminder',
  'follow-up',
  'firm',
  'collection-notice',
  'thanks',
]);
// And a language that Intl does not know, for which it would take the locale of the process.
const messages = catalogue.messages.map((message) => ({
  ...message,
  text: { ...message.text, xx: message.text.es },
}));
const compiled = compileMessages({ ...catalogue, messages });
const hash = createHash('sha256');
for (const { message, channel, language, form } of textsOf(compiled)) {
  const facts = exampleFacts(language, form, exampleSender);
  hash.update(JSON.stringify(renderMessage(compiled, { message, channel, languages: [language], facts })));
}
const { timeZone, locale } = new Intl.DateTimeFormat().resolvedOptions();
console.log(hash.digest('hex'), timeZone, locale);
