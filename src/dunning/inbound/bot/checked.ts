import type { AnswerOption } from '../../../ledger/file.js';
import type { BotAnswer } from './port.js';

/** What a bot said, found to be in form. */
export interface BotReply {
  readonly text?: string | undefined;
  readonly options?: readonly AnswerOption[] | undefined;
  readonly handOver?: true | { readonly to: string } | undefined;
}

/** WhatsApp takes 4,096 (Meta: send-messages), and the options may have to stand below the text. */
const longestText = 4_000;
/** Reply buttons of WhatsApp: three, of 20 characters, with ids of 256 (Meta: interactive-reply-buttons-messages). */
const mostOptions = 3;
const longestTitle = 20;
const longestPayload = 256;
const longestName = 200;

/** Control characters but line breaks, and signs that make text read in another order than it stands in. */
const unfit = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** What a host's bot answers may be anything: undefined for nothing, `invalid` for what is no answer. */
export function checkedReply(found: BotAnswer | undefined | null): BotReply | 'invalid' | undefined {
  if (found === undefined || found === null) return undefined;
  if (typeof found !== 'object') return 'invalid';
  const text = found.text === undefined ? undefined : textOf(found.text);
  const options = found.options === undefined ? undefined : optionsOf(found.options);
  const handOver = handOverOf(found.handOver);
  if (text === null || options === null || handOver === null) return 'invalid';
  if (options !== undefined && options.length > 0 && text === undefined) return 'invalid';
  if (text === undefined && handOver === undefined) return undefined;
  return {
    ...(text === undefined ? {} : { text }),
    ...(options === undefined || options.length === 0 ? {} : { options }),
    ...(handOver === undefined ? {} : { handOver }),
  };
}

function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.replace(/\r\n?/g, '\n').replace(/\t/g, ' ').trim();
  const fine = text !== '' && text.length <= longestText && text.isWellFormed();
  return fine && !unfit.test(text.replaceAll('\n', '')) ? text : null;
}

function optionsOf(value: unknown): readonly AnswerOption[] | null {
  if (!Array.isArray(value) || value.length > mostOptions) return null;
  const options = value.map((one: unknown): AnswerOption | null => {
    const title = lineOf(memberOf(one, 'title'), longestTitle);
    const payload = lineOf(memberOf(one, 'payload'), longestPayload);
    return title === null || payload === null ? null : { title, payload };
  });
  const fine = options.filter((one) => one !== null);
  const distinct = new Set(fine.map(({ title }) => title)).size === value.length;
  const apart = new Set(fine.map(({ payload }) => payload)).size === value.length;
  return fine.length === value.length && distinct && apart ? fine : null;
}

function handOverOf(value: unknown): BotReply['handOver'] | null {
  if (value === undefined || value === false) return undefined;
  if (value === true) return true;
  const to = lineOf(memberOf(value, 'to'), longestName);
  return to === null ? null : { to };
}

function lineOf(value: unknown, longest: number): string | null {
  if (typeof value !== 'string') return null;
  const line = value.trim();
  return line !== '' && line.length <= longest && line.isWellFormed() && !unfit.test(line) ? line : null;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
