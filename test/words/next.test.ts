import { expect, it } from 'vitest';
import type { NextAction, WorklistEntry } from '../../src/engine/index.js';
import { nextActionText, worklistText } from '../../src/words/index.js';
import { account, at, documents, invoice, world } from '../support/world.js';

const zone = 'America/Bogota';

const entry: WorklistEntry = {
  account: 'robles',
  name: 'Robles Ltda',
  owner: 'ana',
  score: 86.6,
  parts: [],
  reasons: [
    { reason: 'broken_promise', since: '2026-03-01', id: 'P1' },
    { reason: 'task', since: '2026-03-02', id: 'a', name: 'call' },
    { reason: 'exhausted', since: '2026-03-03', name: 'life_over' },
  ],
  work: [],
  overdue: [
    { minor: 100_000, currency: 'COP' },
    { minor: 2_000, currency: 'USD' },
  ],
  dunnable: [],
  unscaled: [],
  oldestDaysPastDue: 30,
  lastContact: '2026-02-20',
};

it('a worklist says whom to look at first, and why', () => {
  expect(
    worklistText([
      entry,
      { ...entry, account: 'x', name: 'x', reasons: [], overdue: [], lastContact: undefined },
    ]),
  ).toBe(
    '1. Robles Ltda (robles), 87 of 100 points, ana\n' +
      '   overdue: 1,000.00 COP + 20.00 USD, the oldest for 30 days; last contact: February 20, 2026\n' +
      '   · a promise to pay was broken, since March 1, 2026\n' +
      '   · a task waits for a person (call), since March 2, 2026\n' +
      '   · all stages are done (it has been chased for as long as its policy allows), since March 3, 2026\n' +
      '2. x, 87 of 100 points, ana\n' +
      '   never contacted',
  );
  expect(worklistText([entry], { language: 'es' })).toContain(
    'vencido: 1.000,00 COP + 20,00 USD, lo más antiguo desde hace 30 días; último contacto: 20 de febrero de 2026',
  );
  expect(worklistText([entry], { language: 'pt' })).toContain('uma tarefa espera por uma pessoa (ligar)');
  expect(worklistText([], { language: 'es' })).toBe('No hay a quién atender.');
});

it('a next action tells work first, then what comes by itself', async () => {
  const { dunning } = world();
  await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
  const next = await dunning.nextAction('robles', { at: at('02-04') });
  expect(nextActionText(next, { zone, policies: documents.policies })).toBe(
    'robles, February 4, 2026\n' +
      '  next: “soft” (WhatsApp) sent, February 6, 2026, 09:00, 1,000.00 COP, because the next stage is not due yet',
  );
  expect(nextActionText(next, { zone, language: 'es' })).toContain(
    'próximo: «soft» (WhatsApp) se envía, 6 de febrero',
  );
});

it('or says that there is nothing to do, where nothing is chased', () => {
  const next: NextAction = { account: 'robles', on: '2026-03-03', work: [], none: [] };
  expect(nextActionText(next, { language: 'es' })).toBe(
    'robles, 3 de marzo de 2026\n  nada que hacer y nada previsto',
  );
});

it('or says why nothing comes, item by item', () => {
  const none = Array.from({ length: 7 }, (_, index) => ({ item: `F-${index}~2`, reason: 'dispute' }));
  const work: NextAction['work'] = [
    { act: 'a', work: 'proposal', stage: 'firm', since: '2026-03-01', subjects: [], deadline: '2026-03-09' },
    {
      act: 'b',
      work: 'handover',
      name: 'legal',
      stage: 'firm',
      since: '2026-03-02',
      subjects: [],
      owner: 'ana',
    },
  ];
  const text = nextActionText({ account: 'robles', on: '2026-03-03', work, none }, { language: 'pt' });
  expect(text.split('\n')).toEqual([
    'robles, 3 de março de 2026',
    '  espera por alguém:',
    '   · aprovar, confirmar ou descartar “firm”, até 9 de março de 2026, desde 1 de março de 2026',
    '   · entregar (o jurídico), ana, desde 2 de março de 2026',
    '  nada vem por si:',
    ...[0, 1, 2, 3, 4].map((index) => `   · F-${index}/2: está em disputa`),
    '   … e mais 2',
  ]);
});
