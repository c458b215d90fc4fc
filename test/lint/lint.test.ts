import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine/index.js';
import { defaultVia } from '../../src/lint/context.js';
import { harshWords } from '../../src/lint/harsh-words.js';
import { type LintOptions, lint, lintRules } from '../../src/lint/index.js';
import { knownPayloads } from '../../src/lint/rules/setup.js';
import { presets } from '../../src/policy/presets/index.js';
import type { Documents, Stage } from '../../src/policy/types.js';
import { intents, readReply } from '../../src/replies/index.js';
import { parseDocuments } from '../../src/schema/index.js';
import {
  after,
  base,
  type Case,
  call,
  ladder,
  message,
  plan,
  policy,
  send,
  smsSegments,
  stage,
  text,
  ways,
} from './documents.js';
import { quietCases, ruleCases } from './rule-cases.js';
import { setupCases } from './setup-cases.js';

const cases: readonly Case[] = [
  ...ruleCases,
  ...setupCases,
  {
    id: 'single-touch',
    broken: policy({ stages: [send('only', 'friendly', after('3d')), call] }),
    path: 'policies[0].stages[0]',
    clean: policy({ stages: [send('a', 'friendly', after('3d')), send('b', 'firm', after('9d')), call] }),
  },
  {
    id: 'single-touch',
    broken: policy({
      stages: [
        send('before', 'friendly', { from: 'due', minus: '7d' }),
        send('only', 'friendly', after('3d')),
        call,
      ],
    }),
    path: 'policies[0].stages[1]',
    clean: policy({ stages: [send('only', 'friendly', after('3d'))], last: { repeat: '14d', times: 3 } }),
  },
  {
    id: 'single-channel',
    broken: policy({ via: [{ channel: 'email' }] }),
    path: 'policies[0].via',
    clean: policy({ via: [{ channel: 'email' }, { channel: 'sms' }] }),
  },
  {
    id: 'single-channel',
    // A chain of three, of which the host has set up one.
    broken: base,
    path: 'policies[0].via',
    clean: base,
    options: { channels: [{ id: 'email' }] },
  },
  {
    id: 'falling-tone',
    broken: stage('collection-notice', { tone: 'friendly' }),
    path: 'policies[0].stages[4].tone',
    clean: stage('collection-notice', { tone: 'firm' }),
  },
  {
    id: 'unreachable-stage',
    broken: stage('firm', { at: after('21d') }),
    path: 'policies[0].stages[3]',
    clean: stage('firm', { at: after('20d') }),
  },
  {
    id: 'unreachable-stage',
    broken: stage('firm', { at: after('3w') }),
    path: 'policies[0].stages[3]',
    clean: {
      ...base,
      policies: [
        {
          ...ladder,
          late: 'each',
          stages: ladder.stages.map((one) => (one.id === 'firm' ? { ...one, at: after('3w') } : one)),
        },
      ],
    },
  },
  {
    id: 'unreachable-stage',
    broken: stage('firm', { when: { all: [{ fact: 'item.daysPastDue', lt: 10 }] } }),
    path: 'policies[0].stages[3].when',
    clean: stage('firm', { when: { all: [{ fact: 'item.daysPastDue', lt: 11 }] } }),
  },
  {
    id: 'late-first-reminder',
    broken: policy({ stages: [send('a', 'friendly', after('11d')), send('b', 'firm', after('20d')), call] }),
    path: 'policies[0].stages[0].at',
    clean: policy({ stages: [send('a', 'friendly', after('10d')), send('b', 'firm', after('20d')), call] }),
  },
  {
    id: 'long-silence',
    broken: stage('collection-notice', { at: after('56d') }),
    path: 'policies[0].stages[4].at',
    clean: stage('collection-notice', { at: after('55d') }),
  },
  {
    id: 'idle-stage',
    broken: stage('firm', { do: [] }),
    path: 'policies[0].stages[3].do',
    clean: stage('firm', { do: [{ task: 'call' }] }),
  },
  {
    id: 'stern-before-due',
    broken: stage('due-today', { tone: 'firm' }),
    path: 'policies[0].stages[1].tone',
    clean: stage('due-today', { tone: 'firm', at: after('1d'), when: undefined }),
  },
  {
    id: 'dead-end',
    broken: policy({ stages: ladder.stages.slice(0, -1) }),
    path: 'policies[0].stages[4]',
    clean: policy({ stages: ladder.stages.slice(0, -1), last: { repeat: '14d', times: 6 } }),
  },
  {
    id: 'disordered-stages',
    broken: policy({ stages: [ladder.stages[1]!, ladder.stages[0]!, ...ladder.stages.slice(2)] }),
    path: 'policies[0].stages[1]',
    clean: base,
  },
  {
    id: 'starved-by-gap',
    broken: plan({ contact: { ...base.plan.contact, gap: '4d' } }),
    path: 'policies[0].stages[2].at',
    clean: plan({ contact: { ...base.plan.contact, gap: '3d' } }),
  },
  {
    id: 'starved-by-gap',
    broken: {
      ...plan({ contact: { gap: '3d' } }),
      policies: [
        {
          ...ladder,
          via: ways,
          stages: [
            send('a', 'friendly', { from: 'issue', plus: '40d' }),
            send('b', 'friendly', after('1mo')),
            send('c', 'firm', { from: 'previous', plus: '2d' }),
            call,
          ],
        },
      ],
    },
    path: 'policies[0].stages[2].at',
    clean: {
      ...plan({ contact: { gap: '3d' } }),
      policies: [
        {
          ...ladder,
          via: ways,
          stages: [
            send('b', 'friendly', after('1mo')),
            send('c', 'firm', { from: 'previous', plus: '3d' }),
            call,
          ],
        },
      ],
    },
  },
  {
    id: 'starved-by-cap',
    broken: plan({
      contact: {
        ...base.plan.contact,
        caps: [
          { max: 1, per: '1d' },
          { max: 2, per: '11d' },
        ],
      },
    }),
    path: 'policies[0].stages[2].at',
    clean: plan({
      contact: {
        ...base.plan.contact,
        caps: [
          { max: 1, per: '1d' },
          { max: 2, per: '10d' },
        ],
      },
    }),
  },
  {
    id: 'repeat-within-gap',
    broken: policy({ last: { repeat: '2d', times: 3 } }),
    path: 'policies[0].last.repeat',
    clean: policy({ last: { repeat: '3d', times: 3 } }),
  },
  {
    id: 'window-on-days-off',
    broken: plan({
      contact: { ...base.plan.contact, windows: [{ days: ['sat'], from: '09:00', to: '12:00' }] },
    }),
    path: 'plan.contact.windows',
    clean: plan({
      contact: { ...base.plan.contact, windows: [{ days: ['sat'], from: '09:00', to: '12:00' }] },
      calendar: { weekend: ['fri'] },
    }),
  },
  {
    id: 'drop-loses-days',
    broken: policy({ late: 'drop' }),
    path: 'policies[0].late',
    clean: {
      ...plan({ contact: { windows: [{ from: '09:00', to: '18:00' }] } }),
      policies: [{ ...ladder, late: 'drop' }],
    },
  },
  {
    id: 'no-default-policy',
    broken: plan({ default: undefined }),
    path: 'plan.default',
    clean: plan({ default: null }),
  },
  {
    id: 'unused-policy',
    broken: { ...base, policies: [ladder, { ...ladder, id: 'spare' }] },
    path: 'policies[1]',
    clean: { ...base, policies: [ladder, { ...ladder, version: 7 }] },
  },
  {
    id: 'unused-segment',
    broken: plan({ segments: [{ id: 'key', when: { fact: 'account.tags', has: 'key' } }] }),
    path: 'plan.segments[0]',
    clean: plan({
      segments: [{ id: 'key', when: { fact: 'account.tags', has: 'key' } }],
      assign: [{ segment: 'key', policy: null }],
    }),
  },
  {
    id: 'shadowed-segment',
    broken: plan({
      segments: [
        { id: 'a', when: { fact: 'account.shareLate', gt: 50 } },
        { id: 'b', when: { gt: 50, fact: 'account.shareLate' } },
      ],
      assign: [
        { segment: 'a', policy: null },
        { segment: 'b', policy: null },
      ],
    }),
    path: 'plan.segments[1]',
    clean: plan({
      segments: [
        { id: 'a', when: { fact: 'account.shareLate', gt: 50 } },
        { id: 'b', when: { fact: 'account.shareLate', gt: 20 } },
      ],
      assign: [
        { segment: 'a', policy: null },
        { segment: 'b', policy: null },
      ],
    }),
  },
  {
    id: 'unused-message',
    broken: stage('firm', { do: [{ task: 'call' }] }),
    path: 'messages.messages[3]',
    clean: base,
  },
  {
    id: 'missing-threshold',
    broken: {
      ...plan({ tolerance: { MXN: '5.00', COP: '1000' } }),
      policies: [
        {
          ...ladder,
          stages: ladder.stages.map((one) =>
            one.id === 'firm'
              ? { ...one, when: { not: { fact: 'item.dunnable', lt: { MXN: '500.00' } } } }
              : one,
          ),
        },
      ],
    },
    path: 'policies[0].stages[3].when.not.lt',
    clean: {
      ...plan({ tolerance: { MXN: '5.00', COP: '1000' } }),
      policies: [
        {
          ...ladder,
          stages: ladder.stages.map((one) =>
            one.id === 'firm'
              ? { ...one, when: { not: { fact: 'item.dunnable', lt: { COP: '100000', MXN: '500.00' } } } }
              : one,
          ),
        },
      ],
    },
  },
  {
    id: 'missing-variant',
    broken: message('firm', (one) => ({
      ...one,
      text: { ...one.text, es: { ...one.text.es, sms: undefined } },
    })),
    path: 'messages.messages[3].text.es',
    clean: base,
  },
  {
    id: 'missing-variant',
    broken: policy({ via: [{ channel: 'whatsapp' }, { channel: 'fax' }] }),
    path: 'messages.messages[0].text.es',
    clean: policy({ via: [{ channel: 'whatsapp' }, { channel: 'email' }] }),
  },
  {
    id: 'missing-language',
    broken: plan({ language: 'fr' }),
    path: 'messages.messages[0].text',
    clean: plan({ language: 'es-MX' }),
  },
  {
    id: 'missing-language',
    broken: message('firm', (one) => ({ ...one, text: { es: one.text.es! } })),
    path: 'messages.messages[3].text',
    clean: base,
  },
  {
    id: 'missing-debt',
    broken: text('firm', 'sms', (source) => source.replaceAll('{{amount}}', 'su saldo')),
    path: 'messages.messages[3].text.es.sms.one',
    clean: base,
  },
  {
    id: 'missing-payment',
    broken: text('firm', 'sms', (source) => source.replaceAll('{{pay}}', 'en línea')),
    path: 'messages.messages[3].text.es.sms.one',
    clean: base,
  },
  {
    id: 'missing-contact',
    broken: text('firm', 'sms', (source) => source.replaceAll('{{ask}}', 'nosotros')),
    path: 'messages.messages[3].text.es.sms.one',
    clean: base,
  },
  {
    id: 'late-words-before-due',
    broken: { ...text('due-today', 'sms', (source) => `${source} {{days.overdue}}`) },
    path: 'policies[0].stages[1].do[0].send',
    clean: text('reminder', 'sms', (source) => `${source} {{days.overdue}}`),
  },
  {
    id: 'fees-not-charged',
    broken: text('firm', 'sms', (source) => `${source} {{fees.amount}}`),
    path: 'policies[0].stages[3].do[0].send',
    clean: {
      ...text('firm', 'sms', (source) => `${source} {{fees.amount}}`),
      policies: stage('firm', { do: [{ send: 'firm' }, { fee: 'late', fixed: { MXN: '50.00' } }] }).policies,
    },
  },
  {
    id: 'too-long',
    broken: text('firm', 'whatsapp', (source) => `${source} ${'Le agradecemos mucho. '.repeat(60)}`),
    path: 'messages.messages[3].text.es.whatsapp.one',
    clean: base,
    options: { smsSegments },
  },
  {
    id: 'too-long',
    broken: text('firm', 'sms', (source) => `${source} ${'Le agradecemos mucho. '.repeat(10)}`),
    path: 'messages.messages[3].text.es.sms.one',
    clean: base,
    options: { smsSegments },
  },
  {
    id: 'thin-template',
    broken: text(
      'firm',
      'whatsapp',
      () =>
        'Hola {{contact.name}}: {{invoice.number}}, {{amount}}, {{due}}, {{pay}}, {{ask}}, {{sender.name}} fin',
    ),
    path: 'messages.messages[3].text.es.whatsapp.one',
    clean: base,
  },
];

function found(documents: Documents, id: string, options: LintOptions | undefined) {
  // What lint looks at is valid: it finds what parsing cannot.
  return lint(parseDocuments(documents), options).filter((finding) => finding.id === id);
}

describe('lint', () => {
  it.each(cases.map((one, index) => ({ ...one, name: `${one.id} (${index})` })))('$name', (one) => {
    const findings = found(one.broken, one.id, one.options);
    expect(findings.map((finding) => finding.path)).toContain(one.path);
    for (const { message: told, fix, explanation } of findings) {
      expect(explanation).toMatch(/^[A-Z].*\.$/);
      expect(told).not.toMatch(/undefined|NaN|\[object/);
      expect(fix).not.toBe('');
    }
    const twin = one.cleanOptions ?? (one.clean === one.broken ? undefined : one.options);
    expect(found(one.clean, one.id, twin)).toEqual([]);
    // The twin differs from the defect, and only takes away.
    expect(one.clean !== one.broken || twin !== one.options).toBe(true);
    const before = new Set(lint(one.broken, one.options).map((finding) => finding.id));
    const added = lint(one.clean, twin).filter(({ id, severity }) => severity === 'error' && !before.has(id));
    expect(added).toEqual([]);
  });

  it.each(quietCases)('%s says nothing of %s', (id, _, documents) => {
    expect(found(documents, id, undefined)).toEqual([]);
  });

  it('has a seeded defect for every rule', () => {
    expect([...new Set(cases.map((one) => one.id))].sort()).toEqual(lintRules.map((rule) => rule.id).sort());
  });

  it('has a description, an explanation and a fix for every rule, and no id twice', () => {
    expect(new Set(lintRules.map((rule) => rule.id)).size).toBe(lintRules.length);
    for (const { id, description, explanation, fix } of lintRules) {
      expect(explanation).toMatch(/^[A-Z].*\.$/);
      expect(fix).toMatch(/^[A-Z].*\.$/);
      expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(description).toMatch(/^[A-Z].*\.$/);
    }
  });

  it.each(Object.entries(presets))('finds nothing in the preset %s', (_, preset) => {
    for (const language of ['es', 'en', 'pt', 'pt-BR']) {
      const documents = preset({ zone: 'America/Sao_Paulo', language, weekend: ['sat', 'sun'] });
      expect(lint(documents, { smsSegments })).toEqual([]);
      expect(lint(documents)).toEqual([]);
    }
  });

  it('tells errors first, and the same twice', () => {
    const documents = {
      ...stage('collection-notice', { tone: 'friendly', do: [] }),
      plan: { ...base.plan, default: undefined },
    };
    const findings = lint(documents);
    expect(lint(documents)).toEqual(findings);
    const severities = findings.map((finding) => finding.severity);
    expect(severities.slice(0, 2)).toEqual(['error', 'error']);
    expect(severities).toEqual(
      [...severities].sort(
        (a, b) => ['error', 'warning', 'info'].indexOf(a) - ['error', 'warning', 'info'].indexOf(b),
      ),
    );
    expect(findings[0]).toEqual({
      id: 'falling-tone',
      severity: 'error',
      path: 'policies[0].stages[4].tone',
      message: 'friendly comes after firm ("firm")',
      explanation:
        'A debtor who is addressed more mildly the longer the debt stands learns that nothing follows.',
      fix: 'raise the tone to firm, or change the order of the stages',
    });
  });

  it('counts days and contacts in its sentences', () => {
    const gap = found(plan({ contact: { ...base.plan.contact, gap: '4d' } }), 'starved-by-gap', undefined);
    expect(gap[0]?.message).toBe('comes 3 days after "due-today", but 4 must lie between contacts');
    const caps = [{ max: 2, per: '11d' }];
    const cap = found(plan({ contact: { ...base.plan.contact, caps } }), 'starved-by-cap', undefined);
    expect(cap[0]?.message).toBe(
      'is contact number 3 within 11 days, but plan.contact.caps[0] allows 2 per 11d',
    );
    const daily = found(policy({ last: { repeat: '1d', times: 3 } }), 'repeat-within-gap', undefined);
    expect(daily[0]?.message).toBe('repeats every 1 day, but contact is allowed only every 3 on average');
  });

  it('lets a long time pass between reminders before the due date', () => {
    const early = send('early', 'friendly', { from: 'due', minus: '60d' });
    expect(found(policy({ stages: [early, ...ladder.stages] }), 'long-silence', undefined)).toEqual([]);
  });

  it('does not take a task for a first reminder', () => {
    const task: Stage = { id: 'check', tone: 'friendly', at: after('1d'), do: [{ task: 'check' }] };
    const documents = policy({
      stages: [task, send('a', 'friendly', after('15d')), send('b', 'firm', after('20d')), call],
    });
    expect(found(documents, 'late-first-reminder', undefined).map((one) => one.path)).toEqual([
      'policies[0].stages[1].at',
    ]);
  });

  it('tells a missing language once, as the graver of two', () => {
    const documents = { ...message('firm', (one) => ({ ...one, text: { en: one.text.en! } })) };
    const findings = found(documents, 'missing-language', undefined);
    expect(findings.map((one) => one.severity)).toEqual(['error']);
  });

  it('asks for texts of channels that are set up only', () => {
    const documents = policy({ via: [{ channel: 'whatsapp' }, { channel: 'fax' }, { channel: 'email' }] });
    const channels = [{ id: 'whatsapp' }, { id: 'email' }];
    expect(found(documents, 'missing-variant', { channels })).toEqual([]);
    expect(found(documents, 'missing-variant', undefined)).not.toEqual([]);
  });

  it('takes a number to call for a way to pay, if a poor one', () => {
    const [finding] = found(
      text('firm', 'sms', (source) => source.replaceAll('{{pay}}', 'en línea')),
      'missing-payment',
      undefined,
    );
    expect(finding?.severity).toBe('warning');
    const neither = text('firm', 'sms', (source) =>
      source.replaceAll('{{pay}}', 'en línea').replaceAll('{{ask}}', 'nosotros'),
    );
    expect(found(neither, 'missing-payment', undefined)[0]?.severity).toBe('error');
  });

  it('takes for understood what buttons are read as', () => {
    const today = { year: 2026, month: 3, day: 3 } as never;
    for (const payload of knownPayloads)
      expect(readReply({ payload, languages: [], today }).intent, payload).toBeDefined();
    for (const intent of intents) expect(knownPayloads).toContain(intent);
  });

  it('counts segments against a budget of one’s own', () => {
    const texts = found(base, 'too-long', { smsSegments, maxSegments: 1 });
    expect(texts.length).toBeGreaterThan(found(base, 'too-long', { smsSegments }).length);
    expect(texts[0]?.message).toContain('; 1 are the limit');
  });

  it('reckons with payment links as long as they are said to get', () => {
    expect(found(base, 'too-long', undefined)).toEqual([]);
    const [first] = found(base, 'too-long', { longestLink: 400 });
    expect(first).toMatchObject({ severity: 'error', path: expect.stringContaining('.whatsapp') });
  });

  it('asks for templates only of what goes out by WhatsApp', () => {
    const byMail = policy({ via: [{ channel: 'email' }, { channel: 'sms' }] });
    expect(found(byMail, 'unmapped-template', { templates: {} })).toEqual([]);
    expect(found(base, 'unmapped-template', { templates: {} }).length).toBeGreaterThan(10);
  });

  it('asks how to pay only where a text says so', () => {
    const sender = { name: 'Acme', email: 'cobranza@acme.example' };
    const thanks = base.messages.messages.filter((one) => one.about === 'payment');
    const documents = { ...base, messages: { ...base.messages, messages: thanks } };
    const at = (one: Documents) => found(one, 'sender-lacks', { sender }).map(({ path }) => path);
    expect(at(base)).toEqual(['sender.pay']);
    expect(
      at({ ...documents, policies: [{ ...ladder, on: undefined, stages: [{ ...call, at: after('3d') }] }] }),
    ).toEqual([]);
  });

  it('lets a threshold of an account lie below the tolerance of one item', () => {
    const of = (what: 'case' | 'account') => ({
      ...plan({ tolerance: { MXN: '100.00' } }),
      policies: stage('firm', { min: { amount: { MXN: '50.00' }, of: what } }).policies,
    });
    expect(found(of('case'), 'tolerance-above-minimum', undefined)).toHaveLength(1);
    expect(found(of('account'), 'tolerance-above-minimum', undefined)).toEqual([]);
  });

  it('tells threats from insults', () => {
    const said = (words: string) =>
      found(
        text('firm', 'sms', (source) => `${source} ${words}`),
        'threatening-words',
        undefined,
      ).map((one) => one.message);
    expect(said('Irá a la cárcel.')).toEqual(['"carcel" reads as a threat']);
    expect(said('No sea Moroso.')).toEqual(['"moroso" shames the reader']);
  });

  it('has words of both kinds in the three languages, written as texts are looked at', () => {
    expect(Object.keys(harshWords).sort()).toEqual(['en', 'es', 'pt']);
    for (const { threats, insults, harmless } of Object.values(harshWords)) {
      for (const list of [threats, insults]) {
        expect(list.length).toBeGreaterThan(10);
        expect([...list]).toEqual([...new Set(list)].sort());
      }
      for (const word of [...threats, ...insults, ...harmless]) expect(word).toMatch(/^[a-z]+( [a-z]+)*$/);
    }
  });

  it('takes other severities, and leaves rules out', () => {
    const documents = policy({ via: [{ channel: 'email' }] });
    const severityOf = (rules: LintOptions['rules']) =>
      found(documents, 'single-channel', { rules }).map((one) => one.severity);
    expect(severityOf(undefined)).toEqual(['warning']);
    expect(severityOf({ 'single-channel': 'error' })).toEqual(['error']);
    expect(severityOf({ 'single-channel': 'info', 'too-long': 'off' })).toEqual(['info']);
    expect(severityOf({ 'single-channel': 'off' })).toEqual([]);
    // Also of what a rule itself takes for milder or graver.
    const neither = text('firm', 'sms', (source) => source.replaceAll('{{pay}}', 'en línea'));
    const lesser = found(neither, 'missing-payment', { rules: { 'missing-payment': 'info' } });
    expect(lesser.map((one) => one.severity)).toEqual(['info']);
  });

  it('refuses rules that there are not', () => {
    const rules = { 'single-chanel': 'off', 'no-such': 'error', toString: 'off' } as const;
    const error = (() => {
      try {
        return lint(base, { rules });
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({
      code: 'invalid_option',
      problems: [
        {
          path: 'rules.single-chanel',
          message: 'there is no rule "single-chanel"; did you mean "single-channel"?',
        },
        { path: 'rules.no-such', message: 'there is no rule "no-such"' },
        { path: 'rules.toString', message: 'there is no rule "toString"' },
      ],
    });
  });

  it('refuses what is no set of documents, and options that are none, from hosts without types', () => {
    const refused = (...given: readonly unknown[]): unknown => {
      try {
        return Reflect.apply(lint, undefined, given);
      } catch (thrown) {
        return thrown;
      }
    };
    for (const odd of [undefined, null, 'x', {}, { plan: 1 }, { plan: base.plan, policies: [] }])
      expect(refused(odd)).toMatchObject({ name: 'RecobroError', code: 'invalid_document' });
    expect(refused(base, { channels: 'email', today: '2026-02-30' })).toMatchObject({
      code: 'invalid_option',
      problems: [{ path: 'channels' }, { path: 'today' }],
    });
    expect(refused(base, { channels: [{ id: 'email' }], today: '2026-03-02' })).toBeInstanceOf(Array);
  });

  it('knows the channels of a policy that names none', () => {
    const { policies } = compile({ plan: base.plan, policies: [{ ...ladder, via: undefined }] });
    expect(policies.get(ladder.id)?.via).toEqual(defaultVia);
  });
});
