import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plainSms } from '../../src/channels/sms/plain.js';
import { segmentsOf } from '../../src/channels/sms/segments.js';
import { worstLengths } from '../../src/messages/index.js';
import { aboutOf } from '../../src/policy/presets/messages/pack.js';
import {
  compiled,
  contentOf,
  entries,
  type FactsOf,
  ids,
  long,
  normal,
  plainOf,
  worst,
} from './presets-messages-samples.js';

const page = readFileSync(join(resolve(import.meta.dirname, '../..'), 'docs/messages.md'), 'utf8');
const tableAfter = (mark: string) =>
  [
    ...(page.split(`<!-- ${mark}: held to the texts by a test -->`)[1]?.split('\n\n')[1] ?? '').matchAll(
      /^\| `.*$/gm,
    ),
  ].map(([row]) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

const smsSegments = (text: string) => segmentsOf(plainSms(text)).segments;
const bounds = worstLengths(compiled, { smsSegments });

function most(
  message: string,
  channel: string,
  measure: (entry: (typeof entries)[number]) => number,
): number {
  return Math.max(
    ...entries.filter((entry) => entry.message === message && entry.channel === channel).map(measure),
  );
}

function budgetOf(message: string): string[] {
  const septets = (facts: FactsOf) =>
    most(message, 'sms', (entry) => segmentsOf(plainSms(plainOf(entry, facts))).units);
  const whatsapp = bounds.filter((bound) => bound.message === message && bound.channel === 'whatsapp');
  const subject = most(message, 'email', (entry) => {
    const content = contentOf(entry, long);
    return content.kind === 'email' ? content.subject.length : 0;
  });
  return [
    `\`${message}\``,
    `${Math.max(...whatsapp.map(({ length }) => length))}`,
    `${septets(normal)} (${most(message, 'sms', (entry) => smsSegments(plainOf(entry, normal)))})`,
    `${septets(worst)} (${most(message, 'sms', (entry) => smsSegments(plainOf(entry, worst)))})`,
    `${subject}`,
  ];
}

describe('docs/messages.md', () => {
  it('lists every message with what it is about', () => {
    const rows = tableAfter('messages');
    expect(rows.map(([id, about]) => [id, about])).toEqual(ids.map((id) => [`\`${id}\``, aboutOf[id]]));
  });

  it('says how long each gets', () => {
    expect(tableAfter('lengths')).toEqual(ids.map(budgetOf));
  });
});
