import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { languages, reasonText } from '../../src/words/index.js';
import { en } from '../../src/words/reasons/en.js';
import { es } from '../../src/words/reasons/es.js';
import { pt } from '../../src/words/reasons/pt.js';

const src = resolve(import.meta.dirname, '../../src');

/** Codes that are written into the source as reasons, wherever the engine and what stands below it answer one. */
function codesInSource(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const patterns = [
    // `reason: 'gap'`, `reason ?? 'gap'`, `reason: a ? 'gap' : 'cap'`
    /\breason(?:\??:|\s*=|\s*\?\?=?)\s*([^,;{}\n]*)/g,
    // `no('missing_rate', …)`, `close(review, one, 'restarted')`, `pause(review, one, 'hold')`
    /\b(?:no|close|pause)\(([^)\n]*)\)/g,
    // `blocked('hold')`
    /\bkind: ('(?:hold|dispute|promise|unapplied|unbooked|reply|source|plan)')/g,
  ];
  for (const room of ['engine', 'contact', 'ledger', 'charges']) {
    for (const name of readdirSync(join(src, room), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue;
      const text = readFileSync(join(src, room, name), 'utf8')
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/\/\/.*$/gm, '');
      for (const pattern of patterns)
        for (const [, part = ''] of text.matchAll(pattern))
          for (const [, code = ''] of part.matchAll(/'([a-z][a-z_-]*)'/g)) found.set(code, `${room}/${name}`);
    }
  }
  return found;
}

/** Texts that stand beside a reason in the source and are none. */
const others: ReadonlySet<string> = new Set([
  // kinds of tasks
  'find-contact',
  'fix-message',
  // verdicts and states of stages
  'wait',
  'due',
  'later',
  'done',
  // settings of policies and plans, kinds of anew
  'restart',
  'resume',
  'clear',
  // a guard, an error's code, what a value is
  'order',
  'nothing_to_chase',
  'object',
  'currency',
  // refusals of places, which have words of their own, and what is found of addresses and consent
  'no_address',
  'no_consent',
  'unknown_channel',
  'no_text',
  'tried',
  'missing',
  'none',
  'withdrawn',
]);

describe('reasons', () => {
  it('of every kind that the source answers have a text in every language', () => {
    const codes = codesInSource();
    expect(codes.size).toBeGreaterThan(60);
    for (const known of ['arrears', 'handed_over', 'superseded', 'missing_rate', 'new_version', 'not_yet'])
      expect([...codes.keys()]).toContain(known);
    const missing = [...codes].filter(([code]) => !Object.hasOwn(en, code) && !others.has(code));
    expect(missing).toEqual([]);
  });

  it('are the same codes in every language, none of them empty or left in another language', () => {
    expect(Object.keys(es).sort()).toEqual(Object.keys(en).sort());
    expect(Object.keys(pt).sort()).toEqual(Object.keys(en).sort());
    for (const code of Object.keys(en) as (keyof typeof en)[]) {
      const texts = [en[code], es[code], pt[code]];
      for (const text of texts) {
        expect(text).toMatch(/^\S.*\S$/);
        // A clause, so that sentences can be made of it.
        expect(text).not.toMatch(/^[A-ZÁÉÍÓÚ]|\.$/);
      }
      expect(texts[1], code).not.toBe(texts[0]);
      expect(texts[2], code).not.toBe(texts[0]);
    }
  });

  it('are answered in the nearest language; codes of providers and hosts as they are', () => {
    expect(languages.map((language) => reasonText('dispute', language))).toEqual([
      'it is disputed',
      'está en disputa',
      'está em disputa',
    ]);
    expect(reasonText('holiday', 'es-CO')).toBe('en día festivo no se contacta a nadie');
    expect(reasonText('holiday', 'fr')).toBe(reasonText('holiday'));
    expect(reasonText('whatsapp:131026', 'pt')).toBe('whatsapp:131026');
    expect(reasonText('toString', 'es')).toBe('toString');
  });
});
