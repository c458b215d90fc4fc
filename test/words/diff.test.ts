import { describe, expect, it } from 'vitest';
import { presets } from '../../src/policy/presets/index.js';
import type { Documents, Message, Plan, Policy, Stage } from '../../src/policy/types.js';
import { changeText, diffDocuments, diffText } from '../../src/words/index.js';

const documents = presets.exporter({ zone: 'America/Bogota', language: 'en' });
const [policy] = documents.policies as readonly [Policy];

function told(after: Partial<Documents>, language = 'en', before: Partial<Documents> = documents): string[] {
  const whole = { ...documents, ...after };
  return diffDocuments(before, whole).changes.map((change) => changeText(change, { language }));
}

const ofPolicy = (changes: Partial<Policy>, language?: string): string[] =>
  told({ policies: [{ ...policy, ...changes }] }, language);
const ofStage = (id: string, changes: Partial<Stage>, language?: string): string[] =>
  ofPolicy({ stages: policy.stages.map((one) => (one.id === id ? { ...one, ...changes } : one)) }, language);
const ofPlan = (changes: Partial<Plan>, language?: string): string[] =>
  told({ plan: { ...documents.plan, ...changes } }, language);

describe('differences of stages', () => {
  it('when it comes, in short where only the number is other', () => {
    expect(ofStage('firm', { at: { from: 'due', plus: '10d' } })).toEqual([
      'Stage “Firm reminder” now comes 10 days after the due date instead of 7 days.',
    ]);
    expect(ofStage('firm', { at: { from: 'previous', of: 'delivered', plus: '2bd' } })).toEqual([
      'Stage “Firm reminder” now comes 2 business days after the delivery of the stage before instead of 7 days after the due date.',
    ]);
    expect(
      ofStage('firm', { at: { from: 'due', plus: '7d', businessDay: 'next', endOfMonth: true } }),
    ).toEqual([
      'Stage “Firm reminder” now comes 7 days after the due date, at the end of that month, moved to the next business day instead of 7 days after the due date.',
    ]);
    expect(ofStage('firm', { at: { from: 'due', minus: '7d' } }, 'es')).toEqual([
      'Etapa «Firm reminder» ahora llega 7 días antes del vencimiento en lugar de 7 días después del vencimiento.',
    ]);
  });

  it('what is said outright and changes nothing is called so', () => {
    expect(ofStage('firm', { at: { from: 'due', plus: '7d', businessDay: 'as-is' } })[0]).toContain(
      '"businessDay":"as-is"',
    );
    expect(ofPolicy({ restart: '1d' })).toEqual([
      'Distance to the next stage after a pause: 1 day, as before; it is written down now.',
    ]);
  });

  it('name, tone, condition, mode', () => {
    expect(ofStage('firm', { name: 'Second call' })).toEqual([
      'Stage “Firm reminder” is called “Second call” now.',
    ]);
    expect(ofStage('firm', { tone: 'formal' })).toEqual([
      'Stage “Firm reminder”: tone: formal instead of firm.',
    ]);
    const when = { fact: 'item.dunnable', gte: { COP: '1000000' } };
    expect(ofStage('firm', { when })).toEqual([
      'Stage “Firm reminder” now acts only if amount to chase ≥ 1,000,000 COP.',
    ]);
    expect(ofStage('firm', { when }, 'pt')).toEqual([
      'Etapa “Firm reminder” agora age só se valor a cobrar ≥ 1.000.000 COP.',
    ]);
    expect(ofStage('firm', { mode: 'approve' })).toEqual([
      'Stage “Firm reminder”: mode: waits for approval instead of what holds for all.',
    ]);
  });

  it('new, gone, in another place', () => {
    const [first, second, ...rest] = policy.stages as readonly [Stage, Stage, ...Stage[]];
    const legal: Stage = {
      id: 'legal',
      tone: 'formal',
      at: { from: 'due', plus: '1mo' },
      do: [{ handover: 'legal' }, { send: 'firm', to: 'manager' }],
    };
    expect(ofPolicy({ stages: [...policy.stages, legal] })).toEqual([
      'New stage “legal”: comes 1 month after the due date; hand-over to legal; message “firm” (to: “manager”); tone: formal.',
    ]);
    expect(ofPolicy({ stages: [first, ...rest] })).toEqual([
      `Stage “${second.name}” is gone (comes 3 days after the due date; message “follow-up”; tone: friendly).`,
    ]);
    expect(ofPolicy({ stages: [second, first, ...rest] })).toEqual([
      'Stage “Reminder” now stands before stage “Firm reminder”.',
    ]);
  });

  it('what it does: messages, channels, fees', () => {
    const whatsapp = { channel: 'whatsapp' };
    const email = { channel: 'email' };
    const sms = { channel: 'sms' };
    const all = { ...policy, via: [whatsapp, email, sms] };
    const of = (via: Policy['via']): string[] =>
      told({ policies: [{ ...all, via }] }, 'en', { ...documents, policies: [all] });
    expect(of([whatsapp, email])).toEqual(['SMS is no longer tried; left is WhatsApp, then email.']);
    expect(of([email, whatsapp, sms])).toEqual([
      'Channels: email, then WhatsApp, then SMS instead of WhatsApp, then email, then SMS.',
    ]);
    expect(of([{ ...whatsapp, patience: '24h' }, email, sms])[0]).toContain(
      'WhatsApp (within 24 hours), then',
    );
    const fee = { fee: 'late-fee', fixed: { COP: '25000.00' } };
    const firm = policy.stages.find(({ id }) => id === 'firm');
    const withFee = ofStage('firm', { do: [...(firm?.do ?? []), fee] });
    expect(withFee).toEqual(['Stage “Firm reminder”: new fee “late-fee”: fixed amount: 25,000.00 COP.']);
    const before = { ...documents, policies: [{ ...policy, stages: [{ ...policy.stages[0]!, do: [fee] }] }] };
    const after = {
      policies: [{ ...policy, stages: [{ ...policy.stages[0]!, do: [{ ...fee, percent: '2' }] }] }],
    };
    expect(told(after, 'en', before)).toEqual([
      'Stage “Reminder”, fee “late-fee”: percent: now “2”; nothing was said before.',
    ]);
  });
});

describe('differences of plans', () => {
  it('contact rules', () => {
    expect(ofPlan({ contact: { ...documents.plan.contact, gap: '3d' } })).toEqual([
      'Gap between contacts: 3 days instead of 1 day.',
    ]);
    const consent = { ...documents.plan.contact?.consent, whatsapp: 'required' as const };
    expect(ofPlan({ contact: { ...documents.plan.contact, consent } }, 'pt')).toEqual([
      'Consentimento para WhatsApp: agora necessário; antes nada era indicado.',
    ]);
    expect(ofPlan({ calendar: { ...documents.plan.calendar, holidays: ['2026-12-25'] } })).toEqual([
      'Holidays: now also Dec 25, 2026.',
    ]);
  });

  it('who is under which policy', () => {
    expect(ofPlan({ assign: [{ segment: 'vip', policy: null }] })).toEqual([
      'New assignment for segment “vip”: policy: none (not to be dunned).',
    ]);
    expect(ofPlan({ default: null })).toEqual([
      'Policy of everybody else: none (not to be dunned) instead of “exporter”.',
    ]);
    expect(ofPlan({ segments: [{ id: 'vip', when: { fact: 'account.tags', has: 'vip' } }] }, 'es')).toEqual([
      'Se añade: segmento «vip» – quién pertenece: etiquetas de la cuenta contienen «vip».',
    ]);
  });
});

describe('what policies put together', () => {
  it('goes by its name in the reader’s language', () => {
    const [policy] = documents.policies;
    if (policy === undefined) throw new Error('no policy');
    const other: Policy = {
      ...policy,
      unit: { group: ['account', 'item.attributes.site'] },
      message: { by: ['account', 'level', 'item.attributes.site'] },
    };
    const sentences = (language: string) =>
      diffDocuments({ policies: [policy] }, { policies: [other] })
        .changes.map((change) => changeText(change, { language }))
        .join('\n');
    expect(sentences('es')).toContain('cuenta + nivel + site en lugar de cuenta');
    expect(sentences('es')).toContain('juntos todos los documentos de igual cuenta y site');
    expect(sentences('pt')).toContain('conta + nível + site em vez de conta');
  });
});

describe('differences of catalogues', () => {
  it('shows a text where it was written anew, by language and channel', () => {
    const messages = documents.messages.messages.map((one): Message => {
      if (one.id !== 'firm') return one;
      const es = { ...one.text.es, whatsapp: 'Estimado {{contact.name}}, por favor pague.' };
      return { ...one, text: { ...one.text, es } };
    });
    const [sentence] = told({ messages: { ...documents.messages, messages } });
    expect(sentence).toMatch(/^Message “firm”, Spanish: text for WhatsApp: “Estimado .*” instead of “.*”\.$/);
  });
});

describe('documents as a whole', () => {
  it('stand under a head each; nothing is said of equal ones', () => {
    const after = {
      ...documents,
      plan: { ...documents.plan, version: 2 },
      policies: [{ ...policy, version: 2 }],
    };
    expect(diffText(diffDocuments(documents, after))).toBe(
      'Plan\n  · Version: 2 instead of 1.\nPolicy “Exporter”\n  · Version: 2 instead of 1.',
    );
    expect(diffText(diffDocuments(after, after), { language: 'pt-BR' })).toBe('Não há diferenças.');
  });

  it('of several versions of a policy the newest are compared; the old one is kept', () => {
    const newer = { ...policy, version: 2, late: 'each' as const };
    expect(told({ policies: [policy, newer] })).toEqual([
      'Policy “Exporter”: version 1 is kept for running cases.',
      'Version: 2 instead of 1.',
      'When several stages have passed: each acts, one per review instead of only the latest acts.',
    ]);
  });

  it('two policies alone are compared though they are called otherwise', () => {
    const other = presets.balanced({ zone: 'America/Bogota', language: 'en' });
    const { changes } = diffDocuments({ policies: documents.policies }, { policies: other.policies });
    expect(changes[0]).toMatchObject({
      kind: 'changed',
      field: 'policy.id',
      before: 'exporter',
      after: 'balanced',
    });
    expect(
      changes.some(
        ({ kind, things }) => kind === 'removed' && things[0]?.kind === 'policy' && things.length === 1,
      ),
    ).toBe(false);
  });
});
