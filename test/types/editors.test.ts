import { describe, expect, it } from 'vitest';
import { compiling } from './compiler.js';
import { longDocuments } from './long-documents.js';

const module = '../../src/policy/define.js';
/** Where the caret stands in a text. */
const caret = '¦';

/** What an editor offers at the caret of each text. */
function offered(...calls: readonly string[]): readonly (readonly string[])[] {
  const head = `import { defineMessages, definePlan, definePolicy } from '${module}';\n`;
  const texts = Object.fromEntries(
    calls.map((one, index) => [`offer${index}.ts`, `${head}${one.replace(caret, '')};\n`]),
  );
  return compiling(texts, (compiled) =>
    calls.map((one, index) => compiled.offers(`offer${index}.ts`, head.length + one.indexOf(caret))),
  );
}

describe('editors', () => {
  it('offer the words that may stand in a place', () => {
    const [segment, stage, tone, basis, about, channel, currency, type, verbs] = offered(
      `definePlan({ id: 'p', version: 1, zone: 'UTC', segments: [{ id: 'a', when: { fact: '¦' } }] })`,
      `definePolicy({ id: 'p', version: 1, stages: [{ id: 'a', tone: 'firm', when: { not: { fact: '¦' } }, do: [] }] })`,
      `definePolicy({ id: 'p', version: 1, stages: [{ id: 'a', tone: '¦', do: [] }] })`,
      `definePolicy({ id: 'p', version: 1, stages: [{ id: 'a', tone: 'firm', at: { from: '¦' }, do: [] }] })`,
      `defineMessages({ id: 'm', version: 1, messages: [{ id: 'a', about: '¦', text: {} }] })`,
      `definePolicy({ id: 'p', version: 1, via: [{ channel: '¦' }], stages: [] })`,
      `definePlan({ id: 'p', version: 1, zone: 'UTC', currency: '¦' })`,
      `definePlan({ id: 'p', version: 1, zone: 'UTC', facts: { 'account.attributes.tier': '¦' } })`,
      `definePolicy({ id: 'p', version: 1, stages: [{ id: 'a', tone: 'firm', do: [{ ¦ }] }] })`,
    );
    expect(segment).toEqual(expect.arrayContaining(['account.outstanding', 'exposure.total']));
    expect(segment).not.toContain('item.dunnable');
    expect(stage).toEqual(expect.arrayContaining(['item.dunnable', 'case.stage', 'account.risk']));
    expect(tone).toEqual(['firm', 'formal', 'friendly']);
    expect(basis).toEqual(['due', 'grace', 'issue', 'opened', 'previous']);
    expect(about).toEqual(['dispute', 'items', 'payment', 'promise', 'report']);
    expect(channel).toEqual(expect.arrayContaining(['email', 'sms', 'whatsapp']));
    expect(currency).toEqual(expect.arrayContaining(['EUR', 'MXN']));
    expect(type).toEqual(['boolean', 'number', 'text']);
    expect(verbs).toEqual(expect.arrayContaining(['send?', 'task?', 'effect?', 'via?']));
  });
});

describe('long documents', () => {
  const good = longDocuments(40, 60, module);
  const broken = {
    'message.ts': good.replace("send: 'm17'", "send: 'm71'"),
    'variable.ts': good.replace('message 33 of {{sender.name}}', 'message 33 of {{sender.nmae}}'),
    'fact.ts': good.replace(
      "{ fact: 'item.dunnable', gte: { MXN: '31.00'",
      "{ fact: 'item.dunable', gte: { MXN: '31.00'",
    ),
  };

  it('compile, and a mistake is told where it is however long they are', () => {
    const said = compiling({ 'good.ts': good, ...broken }, ({ complaints }) =>
      Object.fromEntries(['good.ts', ...Object.keys(broken)].map((name) => [name, complaints(name)])),
    );
    expect(said['good.ts']).toEqual([]);
    expect(said['message.ts']?.map((one) => one.text)).toEqual([
      expect.stringContaining('policies[0].stages[17].do[0].send: there is no message "m71"'),
    ]);
    const lineOf = (name: keyof typeof broken, words: string): number =>
      broken[name].split('\n').findIndex((line) => line.includes(words)) + 1;
    expect(said['variable.ts']?.[0]).toEqual({
      line: lineOf('variable.ts', 'message 33 of {{sender.nmae}}'),
      text: expect.stringContaining('{{sender.nmae}} is no variable of this text'),
    });
    expect(said['fact.ts']?.[0]).toEqual({
      line: lineOf('fact.ts', 'item.dunable'),
      text: expect.stringContaining('there is no fact "item.dunable"'),
    });
  });
});
