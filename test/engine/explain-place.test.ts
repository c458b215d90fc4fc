import { describe, expect, it } from 'vitest';
import {
  compile,
  type Engine,
  explain,
  neutralChannel,
  settle,
  shippedChannels,
} from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Policy, Stage } from '../../src/policy/types.js';
import {
  aContact,
  aLadder,
  anAccount,
  anInvoice,
  aPlan,
  aStage,
  fileOf,
  free,
  instant,
  told,
} from '../support/build.js';

/** Where an explanation says that a message goes is where it goes, also where several stages share it. */

const consents = [{ channel: 'whatsapp', state: 'granted', at: 0 }] as const;
const ana = aContact({ phone: '+525512345678', consents });
const eva = aContact({
  id: 'eva',
  role: 'manager',
  email: 'eva@robles.example',
  consents,
  phone: '+525512345679',
});
const now = instant('2026-03-02T10:00:00-06:00');

const file = (contacts = [ana, eva]): AccountFile =>
  fileOf(
    told.account(anAccount({ contacts })),
    told.invoice(anInvoice()),
    told.invoice(anInvoice({ id: 'F2', due: '2026-02-20' })),
  );

function engine(first: Partial<Stage>, second: Partial<Stage>, own: Partial<Policy> = {}): Engine {
  const stages = [aStage('a', '1d', first), aStage('b', '9d', second)];
  const plan = aPlan({}, free);
  return compile({
    plan,
    policies: [aLadder([], { stages, entry: 'latest', ...own })],
    channels: [...shippedChannels, neutralChannel],
  });
}

/** The stage that acts of each item, where its message goes, and over what it would go on its own. */
const places = (own: Engine, known = file()) =>
  explain(own, known, now).items.map(({ item, place, stages }) => {
    const acting = stages.find(({ acts }) => acts);
    expect(acting?.place).toEqual(place);
    return [item, acting?.stage, place?.contact, place?.channel].join(' ');
  });

describe('the place of a message that several stages share', () => {
  const over = (channel: string, to?: string): Partial<Stage> => ({
    do: [{ send: 'x', via: [{ channel }], ...(to === undefined ? {} : { to }) }],
  });

  it('is that of the strongest', () => {
    expect(places(engine(over('email'), over('whatsapp')))).toEqual([
      'F2 b ana whatsapp',
      'F1 a ana whatsapp',
    ]);
    expect(places(engine(over('whatsapp'), over('email')))).toEqual(['F2 b ana email', 'F1 a ana email']);
  });

  it('is its own where messages are parted by channel, or go to other people', () => {
    const byChannel = { message: { by: ['account', 'channel'] } } as const;
    expect(places(engine(over('email'), over('whatsapp'), byChannel))).toEqual([
      'F2 b ana whatsapp',
      'F1 a ana email',
    ]);
    expect(places(engine(over('email', 'manager'), over('whatsapp'), { message: { most: {} } }))).toEqual([
      'F2 b ana whatsapp',
      'F1 a eva email',
    ]);
  });

  it('says why it is that contact', () => {
    const by = (own: Engine, contact?: string, contacts = [ana, eva]) => {
      const known = fileOf(told.account(anAccount({ contacts })), told.invoice(anInvoice({ contact })));
      const [item] = explain(own, known, now).items;
      return `${item?.place?.contact} ${item?.place?.contactBy}`;
    };
    expect(by(engine(over('email'), {}))).toBe('ana role');
    expect(by(engine(over('email', 'boss'), {}), 'eva')).toBe('eva invoice');
    expect(by(engine(over('email', 'boss'), {}))).toBe('ana fallback');
    expect(by(engine(over('neutral'), {}), undefined, [])).toBe('undefined nobody');
  });

  it('over a channel that needs nobody names nobody', () => {
    const own = engine(over('neutral'), over('neutral'));
    expect(places(own, file([]))).toEqual(['F2 b  neutral', 'F1 a  neutral']);
  });
});

describe('stages that are due and have to wait for others', () => {
  it('come once the one before them is done where each has its turn, or are over with a later one', () => {
    const due = fileOf(told.account(anAccount()), told.invoice(anInvoice({ due: '2026-02-20' })));
    const behind = (own: Partial<Policy>) => {
      const rules = engine({}, {}, own);
      const opened = settle(rules, due, instant('2026-02-19T10:00:00-06:00')).file;
      return explain(rules, opened, now).items[0]?.stages.map(
        ({ stage, acts, failed, reason, tried, would }) =>
          acts ? `${stage} acts` : [stage, failed, reason, tried.at(-1)?.inputs, would],
      );
    };
    expect(behind({ late: 'each' })).toEqual([
      'a acts',
      ['b', 'order', 'earlier_first', { stage: 'a' }, [[{ kind: 'stage', stage: 'a', state: 'done' }]]],
    ]);
    expect(behind({})).toEqual([
      ['a', 'order', 'superseded', { stage: 'b' }, [[{ kind: 'ask', stage: 'a' }]]],
      'b acts',
    ]);
  });
});
