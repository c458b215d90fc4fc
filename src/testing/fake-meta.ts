import { createHash } from 'node:crypto';
import type { Clock } from '../clock.js';

/** What a stand-in for Meta lets out. */
export interface MetaLimits {
  readonly peoplePerDay?: number | undefined;
  readonly perSecond?: number | undefined;
  readonly pair?: boolean | undefined;
}

/** A file that was handed over. */
export interface FakeUpload {
  readonly id: string;
  /** Media type, as the form says it. */
  readonly type: string;
  /** The content of the file. */
  readonly content: Uint8Array;
}

const day = 86_400_000;
const second = 1_000;
/** One message in six seconds to one person, and 45 at once on credit (Meta: about-the-platform). */
const pairEvery = 6 * second;
const pairCredit = 45;
const fileLasts = 30 * day;

/** What a stand-in for Meta remembers: who wrote, who was written to, and which files it has. */
export class FakeMeta {
  readonly uploads: FakeUpload[] = [];
  readonly #clock: Clock;
  readonly #limits: MetaLimits;
  readonly #files = new Map<string, number>();
  readonly #windows = new Map<string, number>();
  /** When each person was last written to outside of the window. */
  readonly #people = new Map<string, number>();
  readonly #times = new Map<string, number[]>();
  /** Until when the messages to one person fill its pair's time. */
  readonly #pairs = new Map<string, number>();

  constructor(clock: Clock, limits: MetaLimits = {}) {
    this.#clock = clock;
    this.#limits = limits;
  }

  wrote(from: string): void {
    this.#windows.set(from, this.#clock.now() + day);
  }

  isOpen(to: string): boolean {
    return (this.#windows.get(to) ?? Number.NEGATIVE_INFINITY) > this.#clock.now();
  }

  /** The code of the limit that a message would break. */
  limitOf(number: string, to: string): number | undefined {
    const now = this.#clock.now();
    const { peoplePerDay, perSecond, pair } = this.#limits;
    const lately = (this.#times.get(number) ?? []).filter((at) => at > now - second).length;
    if (perSecond !== undefined && lately >= perSecond) return 130429;
    const filled = (this.#pairs.get(`${number} ${to}`) ?? now) - now;
    if (pair === true && filled > (pairCredit - 1) * pairEvery) return 131056;
    if (peoplePerDay === undefined || this.isOpen(to)) return undefined;
    const known = [...this.#people].filter(([, at]) => at > now - day).map(([who]) => who);
    return known.length >= peoplePerDay && !known.includes(to) ? 131048 : undefined;
  }

  /** A message was taken. */
  sent(number: string, to: string): void {
    const now = this.#clock.now();
    this.#times.set(number, [...(this.#times.get(number) ?? []).filter((at) => at > now - second), now]);
    const pair = `${number} ${to}`;
    this.#pairs.set(pair, Math.max(this.#pairs.get(pair) ?? now, now) + pairEvery);
    if (!this.isOpen(to)) this.#people.set(to, now);
  }

  /** Takes a form with a file; undefined where it holds none. */
  take(body: Uint8Array): FakeUpload | undefined {
    const bytes = Buffer.from(body);
    const text = bytes.toString('latin1');
    const boundary = /^(--[!-~]{1,72})\r\n/.exec(text)?.[1];
    if (boundary === undefined) return undefined;
    const parts = new Map<string, Buffer>();
    for (let at = text.indexOf(boundary); at >= 0; ) {
      const next = text.indexOf(`\r\n${boundary}`, at);
      const head = text.indexOf('\r\n\r\n', at);
      if (next < 0 || head < 0 || head > next) break;
      const name = /name="([^"]*)"/.exec(text.slice(at, head))?.[1] ?? '';
      parts.set(name, bytes.subarray(head + 4, next));
      at = next + 2;
    }
    const content = parts.get('file');
    const type = parts.get('type')?.toString() ?? '';
    if (content === undefined || type === '' || parts.get('messaging_product')?.toString() !== 'whatsapp')
      return undefined;
    const digest = createHash('sha256').update(`${this.uploads.length}\n`).update(content).digest('hex');
    const upload = { id: `${BigInt(`0x${digest.slice(0, 12)}`)}`, type, content: new Uint8Array(content) };
    this.uploads.push(upload);
    this.#files.set(upload.id, this.#clock.now());
    return upload;
  }

  knows(id: string): boolean {
    const at = this.#files.get(id);
    return at !== undefined && at + fileLasts > this.#clock.now();
  }
}
