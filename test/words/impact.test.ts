import { describe, expect, it } from 'vitest';
import type { Documents } from '../../src/policy/types.js';
import { impactText } from '../../src/words/index.js';
import { account, at, documents, invoice, world } from '../support/world.js';

const zone = 'America/Bogota';
const [ladder] = documents.policies;
if (ladder === undefined) throw new Error('no policy');

/** The first stage comes sooner, called by a name, and charges a fee. */
const other: Documents = {
  ...documents,
  policies: [
    {
      ...ladder,
      version: 2,
      adopt: 'adopt',
      stages: ladder.stages.map((stage, index) =>
        index === 0
          ? {
              ...stage,
              name: 'First word',
              at: { from: 'due', plus: '1d' },
              do: [...stage.do, { fee: 'late', fixed: { COP: '5.00' } }],
            }
          : stage,
      ),
    },
  ],
};
const terms = { source: 'contract', fees: true };

async function report(day: string, changed: Documents = other, until?: string) {
  const { dunning } = world();
  await dunning.sync({
    accounts: [
      { ...account, terms },
      { ...account, id: 'calm' },
    ],
    invoices: [
      invoice('F1', '02-01'),
      { ...invoice('F2', '02-01', '250.00'), total: { amount: '20.00', currency: 'USD' } },
    ],
  });
  await dunning.review({ now: at('01-20') });
  return dunning.impact(changed, { at: at(day), ...(until === undefined ? {} : { until: at(until) }) });
}

describe('the text of a dry run', () => {
  it('tells the sums, each currency for itself, then who gains or loses what', async () => {
    const told = impactText(await report('02-03'), { zone, policies: other.policies });
    const [title, ...lines] = told.split('\n');
    expect(title).toBe('Dry run for February 3, 2026, 10:00: something changes for 1 of 2 accounts.');
    expect(lines).toContain('Messages: 1 more (1,000.00 COP + 20.00 USD).');
    expect(lines).toContain('Levels: 2 reach a first level.');
    expect(lines).toContain('Cases: 2 adopt another version.');
    expect(lines).toContain('robles');
    expect(lines).toContain('  · more: “First word” by WhatsApp (F1, F2; 1,000.00 COP + 20.00 USD)');
    expect(lines).toContain('  · F1: level “First word”, none today');
  });

  it('in Spanish and Portuguese, with amounts as they are written there', async () => {
    const data = await report('02-03');
    const spanish = impactText(data, { language: 'es-CO', zone, policies: other.policies });
    expect(spanish).toContain(
      'Simulacro para el 3 de febrero de 2026, 10:00: algo cambia para 1 de 2 cuentas.',
    );
    expect(spanish).toContain('Mensajes: 1 más (1.000,00 COP + 20,00 USD).');
    expect(spanish).toContain('se añade: «First word» por WhatsApp (F1, F2;');
    const portuguese = impactText(data, { language: 'pt', policies: other.policies });
    expect(portuguese).toContain('Simulação: algo muda para 1 de 2 contas.');
    expect(portuguese).toContain('Mensagens: 1 a mais (1.000,00 COP + 20,00 USD).');
    expect(portuguese).toContain('F1: nível “First word”, hoje nenhum');
  });

  it('tells what comes and goes later, where that was asked for', async () => {
    const told = impactText(await report('01-25', other, '02-10'), { zone });
    expect(told).toMatch(/on February 2, 2026, 09:00: more: “soft” by WhatsApp/);
    expect(told).toMatch(/on February 4, 2026, 09:00: no longer: “soft” by WhatsApp/);
  });

  it('tells stages of one name apart by the numbers of their levels, and one from several', async () => {
    const data = await report('02-03');
    const counts = { gained: 0, lost: 1, raised: 1, lowered: 1, other: 1 };
    const level = { item: 'F1', invoice: 'F1', number: 'F1', change: 'lowered' } as const;
    const changed = {
      ...data,
      accounts: 1,
      levels: { ...data.levels, ...counts },
      cases: { ...data.cases, adopted: 1 },
      affected: data.affected.map((impact) => ({
        ...impact,
        levels: [
          {
            ...level,
            before: { policy: 'ladder', stage: 'soft', number: 4 },
            after: { policy: 'ladder', stage: 'soft', number: 3 },
          },
          {
            ...level,
            before: { policy: 'ladder', stage: 'soft', number: 1 },
            after: { policy: 'other', stage: 'soft', number: 1 },
          },
        ],
      })),
    };
    const spanish = impactText(changed, { language: 'es' });
    expect(spanish).toContain('algo cambia para 1 de 1 cuenta.');
    expect(spanish).toContain(
      'Niveles: 1 sube, 1 baja, 1 pasa a otra etapa del mismo nivel, 1 pierde su nivel.',
    );
    expect(spanish).toContain('Casos: 1 adopta otra versión');
    expect(spanish).toContain('F1: nivel «soft» (3) en lugar de «soft» (4)');
    expect(spanish).toContain('F1: nivel «soft» (other) en lugar de «soft» (ladder)');
    expect(impactText(changed, { language: 'pt' })).toContain('1 sobe, 1 desce');
    expect(impactText(changed)).toContain('1 loses its level');
  });

  it('says that nothing changes, and how many accounts are left out', async () => {
    expect(impactText(await report('02-03', documents), { language: 'es' })).toBe(
      'Nada cambia en la próxima corrida para ninguna de 2 cuentas.',
    );
    const data = await report('02-03');
    expect(impactText(data, { list: 0 })).toContain('… and 1 more account');
    const failing = { ...data, failedAccounts: 1, failed: [{ account: 'x', code: 'backdated_review' }] };
    expect(impactText(failing)).toContain(
      '1 account could not be compared:\n  · x: it was already reviewed on a later day',
    );
  });
});
