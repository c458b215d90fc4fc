import { formatDay, localDay } from '../calendar/index.js';
import { RecobroError } from '../errors.js';
import type { Note } from '../ledger/file.js';
import { whole } from './audit/personal.js';
import type { ByHand } from './by-hand.js';
import { changeAccount } from './change.js';
import { fromJson } from './codec.js';
import type { Context } from './context.js';
import { loadFile } from './explaining.js';
import { named } from './options.js';

/** Longest text of a note, in characters. */
const longest = 2000;

/**
 * Writes a note down about an account. It changes nothing that is decided: the
 * account is not reviewed because of it.
 *
 * @returns the note's id
 * @throws RecobroError `unknown_id`; `invalid_option` for a text that is blank, longer than 2000 characters or not well-formed
 */
export async function addNote(
  context: Context,
  account: string,
  text: string,
  { author }: ByHand,
  at: number,
): Promise<string> {
  named(author, 'by.author');
  checkText(text);
  const done = await changeAccount(context, account, { at, actor: author }, (file) => {
    if (file.seq === 0)
      throw new RecobroError('unknown_id', `there is no account ${JSON.stringify(account)}; sync it first`);
    const on = formatDay(localDay(at, file.account?.zone ?? context.engine.plan.zone));
    // Numbered by its place in the log, which no other note can have.
    const note: Note = { id: `n${file.seq + 1}`, text, author, at, on };
    return { events: [{ type: 'note.added', note }], result: note.id };
  });
  if (done?.ok !== true) throw new RecobroError('impossible_state', 'the note was not written');
  return done.result;
}

/** All notes of an account, oldest first. @throws RecobroError `unknown_id` */
export async function* notesOf(context: Context, account: string): AsyncGenerator<Note> {
  await loadFile(context, account);
  for await (const event of context.store.events(context.tenant, { account }))
    if (event.type === 'note.added') yield fromJson<{ readonly note: Note }>(whole(event)).note;
}

function checkText(text: string): void {
  const length = typeof text === 'string' ? [...text].length : 0;
  if (length > 0 && length <= longest && text.trim() !== '' && text.isWellFormed() && !text.includes('\0'))
    return;
  const message = `is a text of 1 to ${longest} characters, not blank`;
  throw new RecobroError('invalid_option', `a note ${message}`, {
    problems: [{ path: 'text', code: 'invalid_value', message }],
  });
}
