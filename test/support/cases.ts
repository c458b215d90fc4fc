import { formatDay } from '../../src/calendar/index.js';
import { compile, evolveAll, type FileEvent } from '../../src/engine/index.js';
import { lifecycle } from '../../src/engine/lifecycle.js';
import { look } from '../../src/engine/look.js';
import type { AccountFile, Case } from '../../src/ledger/file.js';
import type { Invoice } from '../../src/ledger/types.js';
import type { Plan, Policy } from '../../src/policy/types.js';
import { aLadder, anInvoice, aPlan, free, instant, owing } from './build.js';
import { markOf } from './steps.js';

/** What becomes of the cases of an account on a day: which open, go on, rest and close, and what they keep. */

export interface AccountSituation {
  readonly day: string;
  readonly invoices?: readonly Partial<Invoice>[];
  readonly facts?: readonly FileEvent[];
  readonly policy?: Partial<Policy>;
  readonly others?: readonly Policy[];
  readonly plan?: Partial<Plan>;
  /** Marks as `s1d done 03-02`, items told of behind the reason, as `s1d done 03-02 - F1,F2`. */
  readonly cases?: readonly (Omit<Partial<Case>, 'marks'> & { readonly marks?: readonly string[] })[];
}

function caseOf(
  { marks = [], ...own }: NonNullable<AccountSituation['cases']>[number],
  index: number,
  hash = '',
): Case {
  const { subject = 'F1', opening = index + 1 } = own;
  return {
    ...{ id: `ladder/${subject}#${opening}`, policy: 'ladder', version: 1, hash, subject, opening },
    ...{ opened: '2026-03-02', state: 'open', shift: 0, ...own },
    marks: marks.map((text) => {
      const [name, state, day, reason = '-', items] = text.split(' ');
      const mark = markOf([name, state, day, ...(reason === '-' ? [] : [reason])].join(' '));
      return items === undefined ? mark : { ...mark, told: items.split(',') };
    }),
  };
}

/** What happened, and where each thing that climbs stands: `F1: F1#1, known` or `F1: hold until 03-09`. */
export function becameOf(own: AccountSituation): readonly string[] {
  const ladder = aLadder(['-3d', '1d', '10d', '30d'], own.policy);
  const engine = compile({ plan: aPlan(own.plan, free), policies: [ladder, ...(own.others ?? [])] });
  const invoices = (own.invoices ?? [{}]).map((one) => anInvoice(one));
  const cases = new Map<string, Case[]>();
  const { hash } = engine.versions.get('ladder@1')?.ref ?? {};
  for (const [index, one] of (own.cases ?? []).entries()) {
    const known = caseOf(one, index, hash);
    cases.set(known.subject, [...(cases.get(known.subject) ?? []), known]);
  }
  const file: AccountFile = { ...evolveAll(owing(...invoices), own.facts ?? []), cases };
  const at = instant(`2026-${own.day}T13:00:00-06:00`);
  const { events, subjects, next, closed } = lifecycle(engine, look(engine, file, at).view);
  const short = (id: string | undefined) => id?.replace('ladder/', '');
  return [
    ...events.map(({ type, ...rest }) => {
      const { subject: _, case: id, on: __, hash: ___, ...more } = rest as Record<string, unknown>;
      return [
        type,
        short(id as string),
        ...Object.values(more).map((one) => (typeof one === 'object' ? JSON.stringify(one) : one)),
      ].join(' ');
    }),
    ...subjects.map((one) => {
      const until = one.until === undefined ? '' : ` until ${formatDay(one.until).slice(5)}`;
      return `${one.unit.id}: ${short(one.case)} ${one.reason ?? 'climbs'}${until}${one.known === undefined ? '' : `, known with ${one.known.marks.length} marks, shift ${one.known.shift}`}`;
    }),
    ...[...closed].map(([id, reason]) => `${short(id)} closed: ${reason}`),
    ...(next === undefined ? [] : [`next ${formatDay(next).slice(5)}`]),
  ];
}
