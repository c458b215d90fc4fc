import { messageProblems } from '../../messages/index.js';
import { type Cursor, isRecord } from '../cursor.js';
import { message as messageShape } from '../shapes/messages.js';
import { canonicalLanguage, checkUnique, reportLanguage } from './scalars.js';

/** What the shape of a catalogue cannot say. */
export function checkMessages(messages: Cursor): void {
  const list = messages.at('messages');
  checkUnique(list, 'id', (message) => message.at('id'));
  for (const message of list.items()) {
    checkTexts(message.at('text'));
    checkTemplates(message);
  }
}

/** Templates and their variables, of every message whose shape is right, whatever the others are like. */
function checkTemplates(at: Cursor): void {
  const { data: message } = messageShape.safeParse(at.value);
  if (message === undefined) return;
  const found = messageProblems({ id: 'one', version: 1, messages: [message] });
  at.adopt(found.map((problem) => ({ ...problem, path: problem.path.replace('messages[0]', at.path) })));
}

function checkTexts(text: Cursor): void {
  const languages = text.entries();
  if (isRecord(text.value) && languages.length === 0) {
    text.report('too_small', 'a message needs a text in at least one language, such as es: { email: … }');
  }
  const first = new Map<string, string>();
  for (const [language, texts] of languages) {
    const canonical = canonicalLanguage(language);
    if (canonical === undefined) {
      reportLanguage(texts, language);
      continue;
    }
    const before = first.get(canonical);
    if (before !== undefined) {
      texts.report('duplicate_locale', `${JSON.stringify(before)} is the same language; keep one of the two`);
    }
    first.set(canonical, language);
    if (isRecord(texts.value) && texts.entries().length === 0) {
      texts.report('too_small', 'a language needs a text for at least one channel');
    }
    checkSubject(texts.at('email').at('subject'));
  }
}

/** A subject is a header: a line break in it would start another one. */
function checkSubject(subject: Cursor): void {
  for (const at of [subject, subject.at('one'), subject.at('many')]) {
    if (/[\r\n]/.test(at.text() ?? ''))
      at.report('invalid_text', 'a subject has one line; take the line breaks out');
  }
}
