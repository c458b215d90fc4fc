import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { verifyAudit } from '../../src/dunning/audit/verify-audit.js';
import { openToken, sealToken } from '../../src/dunning/links/token.js';
import { anyText, jsonLike, mutated, soup, textsLike } from './inputs.js';
import { type Parser, parser } from './parser.js';

/** What proves itself: tokens of links, and proof files. */

const key = createHash('sha256').update('links').digest();

/** True tokens with something done to them: only the whole token opens, and only for its tenant. */
function tokens(): Parser {
  const claims = fc.record({
    account: fc.string({ minLength: 1, maxLength: 200, unit: 'binary' }).map((text) => text.toWellFormed()),
    purpose: fc.constantFrom('view' as const, 'answer' as const, 'unsubscribe' as const),
    expires: fc.nat(2 ** 40).map((seconds) => seconds * 1000),
  });
  const spoiled = fc.oneof(
    fc.record({ how: fc.constant('whole' as const) }),
    fc.record({ how: fc.constant('text' as const), text: anyText }),
    fc.record({
      how: fc.constantFrom('replace' as const, 'insert' as const, 'cut' as const),
      at: fc.nat(),
      text: soup(['A', '_', '-', '=', '+', '%00']),
    }),
  );
  return parser('links: tokens', 60_000, fc.tuple(claims, spoiled), ([told, spoil]) => {
    const token = sealToken(key, 'acme', told);
    const given = spoil.how === 'whole' ? token : spoil.how === 'text' ? spoil.text : changed(token, spoil);
    const found = openToken([key], 'acme', given);
    if ((found !== undefined) !== (given === token))
      throw new Error('opens what is no token of ours, or not');
    if (found !== undefined && found.account !== told.account) throw new Error('says something else');
    if (openToken([key], 'other', given) !== undefined) throw new Error('opens for another tenant');
  });
}

function changed(
  token: string,
  {
    how,
    at,
    text,
  }: { readonly how: 'replace' | 'insert' | 'cut'; readonly at: number; readonly text: string },
): string {
  const place = at % (token.length + 1);
  if (how === 'cut') return token.slice(0, place);
  return (
    token.slice(0, place) + text + token.slice(how === 'insert' ? place : place + Math.max(1, text.length))
  );
}

function proofs(): Parser {
  const from = { position: 0, hash: '0'.repeat(64) };
  const lines = [
    { format: 'recobro-audit/1', tenant: 'acme', from },
    {
      position: 1,
      account: 'robles',
      seq: 1,
      at: 1_700_000_000_000,
      type: 'note.added',
      actor: 'ana',
      data: { note: { id: 'n1', text: { salted: 'x' } } },
      personal: { '/note/text': ['salt', 'Llamar a Inés'] },
      hash: '1'.repeat(64),
    },
    { position: 2, digest: '2'.repeat(64), hash: '3'.repeat(64) },
    { end: { position: 2, hash: '3'.repeat(64) }, events: 1 },
  ];
  const texts = textsLike(lines);
  const line = fc.oneof(
    { weight: 8, arbitrary: mutated(lines, texts).map((value) => JSON.stringify(value) ?? '') },
    { weight: 1, arbitrary: jsonLike(lines).map((bytes) => new TextDecoder().decode(bytes)) },
    { weight: 1, arbitrary: anyText },
  );
  const head = JSON.stringify(lines[0]);
  const files = fc
    .tuple(fc.boolean(), fc.array(line, { maxLength: 5 }))
    .map(([proper, rest]) => (proper ? [head, ...rest] : rest));
  return parser('audit: proof files', 40_000, files, async (file) => {
    const verdict = await verifyAudit(file);
    // Nobody can find the hash of an event by chance: what holds has none in it.
    if (verdict.ok && verdict.end.position > verdict.from.position)
      throw new Error('believes a forged chain');
  });
}

export const sealed: readonly (() => Parser)[] = [tokens, proofs];
