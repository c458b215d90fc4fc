import { describe, expect, it } from 'vitest';
import type { Act } from '../../src/engine/index.js';
import { outcomeSentence } from '../../src/words/run/outcome.js';
import { type RunLine, type RunLists, runText } from '../../src/words/run/text.js';
import { workSentence } from '../../src/words/run/work.js';
import { speechOf } from '../../src/words/speech.js';
import { account, at, invoice, world } from '../support/world.js';

const zone = 'America/Bogota';
const [en, es, pt] = ['en', 'es', 'pt'].map((language) => speechOf(language));

const ref = { id: 'p', version: 1, hash: 'x' };
const act = (own: Partial<Act>): Act => ({
  id: 'a',
  account: 'robles',
  kind: 'message',
  purpose: 'dunning',
  plan: ref,
  policy: ref,
  stage: 'firm',
  tone: 'firm',
  covers: [],
  position: 0,
  language: 'es',
  items: [],
  totals: [],
  review: 0,
  on: '2026-03-03',
  keys: [],
  ...own,
});

const work: readonly (readonly [Partial<Act>, english: string, spanish: string, portuguese: string])[] = [
  [
    { message: 'firm', channel: 'email', mode: 'approve', lapses: '2026-03-10' },
    'approve firm by email, until March 10, 2026',
    'aprobar firm por correo, hasta el 10 de marzo de 2026',
    'aprovar firm por e-mail, até 10 de março de 2026',
  ],
  [
    { message: 'firm', channel: 'whatsapp', mode: 'task' },
    'do firm by WhatsApp by hand and confirm it',
    'hacer firm por WhatsApp a mano y confirmarlo',
    'fazer firm por WhatsApp à mão e confirmar',
  ],
  [
    { message: 'firm', channel: 'call', mode: 'task', owner: 'ana', deadline: '2026-03-10' },
    'call about firm: ana, until March 10, 2026',
    'llamar por firm: ana, hasta el 10 de marzo de 2026',
    'ligar sobre firm: ana, até 10 de março de 2026',
  ],
  [
    { message: 'firm', channel: 'letter', mode: 'task' },
    'print and post the letter firm: whoever looks after the account',
    'imprimir y enviar la carta firm: quien lleva la cuenta',
    'imprimir e enviar a carta firm: quem cuida da conta',
  ],
  [{ kind: 'task', name: 'call', owner: 'ana' }, 'call for ana', 'llamar: ana', 'ligar: ana'],
  [
    { kind: 'task', name: 'find-contact', owner: 'ana' },
    'find a contact that can be reached for ana',
    'buscar a quién contactar: ana',
    'achar quem contatar: ana',
  ],
  [
    { kind: 'alert', name: 'big-debt' },
    'alert big-debt for whoever looks after the account',
    'aviso big-debt para quien lleva la cuenta',
    'aviso big-debt para quem cuida da conta',
  ],
  [{ kind: 'effect', name: 'stop', effect: 'on' }, 'begin stop', 'aplicar stop', 'aplicar stop'],
  [{ kind: 'effect', name: 'stop', effect: 'off' }, 'end stop', 'levantar stop', 'retirar stop'],
  [{ kind: 'fee', name: 'late' }, 'book late', 'contabilizar late', 'lançar late'],
  [
    { kind: 'handover', name: 'agency' },
    'hand over to the agency',
    'entregar a la agencia',
    'entregar para a agência',
  ],
  [
    { kind: 'write-off', owner: 'ana' },
    'decide whether to write it off, ana',
    'decidir si se castiga: ana',
    'decidir se é baixado como perda: ana',
  ],
];

it.each(work)('says what somebody has to do: %j', (own, english, spanish, portuguese) => {
  expect([en, es, pt].map((speech) => workSentence(act(own), speech!))).toEqual([
    english,
    spanish,
    portuguese,
  ]);
});

it('says what became of a message, with the reason or the provider’s code', () => {
  expect(outcomeSentence('refused', 'smtp:550', en!)).toBe('refused for good: smtp:550');
  expect(outcomeSentence('delayed', 'recobro:document_unavailable', es!)).toBe(
    'aún no se envió (no se pudo cargar un documento que acompaña al mensaje); se intenta de nuevo',
  );
  expect(outcomeSentence('notReviewed', 'backdated_review', pt!)).toBe(
    'não foi possível revisar: já foi revisada em um dia posterior',
  );
  expect(outcomeSentence('skipped', 'paid', es!)).toBe('está pagada');
});

describe('the text of a run', () => {
  const line = (own: Partial<RunLine> = {}): RunLine => ({
    account: 'robles',
    invoices: ['F-1'],
    amounts: ['1250000.50 COP'],
    reason: 'why',
    ...own,
  });
  const run = (own: Partial<RunLists>): RunLists => ({
    now: at('03-03'),
    reviewed: 1,
    sent: [],
    waiting: [],
    skipped: [],
    tasks: [],
    failed: [],
    ...own,
  });

  it('counts, lists and groups amounts as the reader writes them', () => {
    const lists = {
      sent: [line({ invoices: ['1', '2', '3', '4', '5'] })],
      tasks: [line({ next: at('03-04', '09:00') })],
    };
    expect(runText(run(lists), zone, en!)).toBe(
      'March 3, 2026, 10:00 (America/Bogota): 1 sent, 0 waiting, 0 skipped, 1 task, 0 failed\n' +
        '  sent     robles: why (1, 2, 3 and 2 more, 1,250,000.50 COP)\n' +
        '  task     robles: why (F-1, 1,250,000.50 COP); next March 4, 2026, 09:00',
    );
    expect(runText(run(lists), zone, es!)).toBe(
      '3 de marzo de 2026, 10:00 (America/Bogota): 1 enviado, 0 en espera, 0 omitidos, 1 tarea, 0 fallidos\n' +
        '  enviado  robles: why (1, 2, 3 y 2 más, 1.250.000,50 COP)\n' +
        '  tarea    robles: why (F-1, 1.250.000,50 COP); próximo: 4 de marzo de 2026, 09:00',
    );
  });

  it('cuts long lists and says what is left', () => {
    const text = runText(run({ failed: Array.from({ length: 23 }, () => line()) }), zone, pt!);
    expect(text.split('\n')).toHaveLength(22);
    expect(text).toContain('  falha    … e mais 3');
  });

  it('says when there is nothing to do', () => {
    expect(runText(run({ reviewed: 0 }), zone, es!)).toContain('no toca nada ni hay nada planificado');
    expect(runText(run({ reviewed: 0, next: at('03-09', '00:00') }), zone, pt!)).toContain(
      'nada na vez antes de 9 de março de 2026',
    );
  });
});

it('the shell speaks the plan’s language unless asked for another', async () => {
  const { dunning } = world();
  await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
  const quiet = await dunning.tick({ now: at('02-04'), language: 'es-CO' });
  expect(quiet.waiting[0]?.reason).toBe('todavía no toca la siguiente etapa');
  expect(quiet.text).toContain('1 en espera');
  const plain = await dunning.explain('robles', { at: at('02-04') });
  expect(plain.text).toContain('Nothing is due yet');
  expect((await dunning.explain('robles', { at: at('02-04'), language: 'pt-BR' })).text).toContain(
    'Ainda não há nada na vez',
  );
  expect(Object.values(plain.contacts)).toEqual(['Inés']);
});
