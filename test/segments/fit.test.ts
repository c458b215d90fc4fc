import { expect, it } from 'vitest';
import { parseDay } from '../../src/calendar/index.js';
import { itemsOf } from '../../src/ledger/items.js';
import type { AccountScores } from '../../src/ledger/types.js';
import type { Experiment } from '../../src/policy/index.js';
import {
  armPicker,
  type PortfolioFacts,
  paidItems,
  portfolioOf,
  promiseCounts,
  riskScore,
  trailingRevenue,
  typicalDaysLate,
  typicalDaysToPay,
} from '../../src/segments/index.js';
import { anAccount, anInvoice, aPayment, fileOf, told } from '../support/build.js';

it('takes the experiments of a plan as they are', () => {
  const experiment: Experiment = {
    id: 'tone-test',
    arms: [
      { id: 'soft', weight: 1, policy: 'soft' },
      { id: 'hold-out', weight: 1, policy: null },
    ],
  };
  expect(armPicker(experiment)('robles')).toBe(experiment.arms[1]);
});

it('reads history and revenue off an account file, and writes facts that an account holds', () => {
  const late = [0, 5, 10];
  const file = fileOf(
    told.account(anAccount()),
    ...late.flatMap((days, index) => [
      told.invoice(
        anInvoice({ id: `F${index}`, issued: `2026-0${index + 1}-01`, due: `2026-0${index + 1}-11` }),
      ),
      told.payment(
        aPayment({
          id: `P${index}`,
          to: `F${index}`,
          amount: 10_000,
          date: `2026-0${index + 1}-${11 + days}`,
        }),
      ),
    ]),
  );
  const today = parseDay('2026-03-31');
  const items = itemsOf(file, today);
  const paid = paidItems(items);
  expect(typicalDaysToPay(paid)).toBe(15);
  expect(typicalDaysLate(paid)).toBe(5);
  const risk = riskScore({ paid, ...promiseCounts(file.kept.values()) })?.score;
  // late 67 × 30, delay 8 × 20, overdue 0 × 15
  expect(risk).toBe(33);
  const revenue = trailingRevenue(file.invoices.values(), file.credits.values(), today);
  expect(revenue).toEqual(new Map([['MXN', 30_000]]));
  const facts: PortfolioFacts = portfolioOf([{ account: file.id, revenue }], { asOf: '2026-03-31' }).factsOf(
    file.id,
    {
      risk,
    },
  );
  const held: AccountScores = facts;
  expect(held).toEqual({ asOf: '2026-03-31', class: 'A', percentile: 100, risk: 33 });
});
