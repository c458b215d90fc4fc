import { expect } from 'vitest';
import { civilOf, parseDay, weekdayOf } from '../../src/calendar/index.js';
import { decodeFile, encodeChange } from '../../src/dunning/codec.js';
import { type Act, decide, evolve, evolveAll, explain, recheck, viewOf } from '../../src/engine/index.js';
import { subjectsOf } from '../../src/engine/subjects.js';
import type { AccountFile } from '../../src/ledger/file.js';
import { sumByCurrency } from '../../src/money/index.js';
import type { ContactCap } from '../../src/policy/types.js';
import { fileOf } from './build.js';
import type { Life, Moment, Witness } from './life.js';
import { text } from './text.js';

/** Laws that hold at every moment of any life. */

const hour = 3_600_000;

/** The account file after it was at rest: written as JSON, read again. */
export function storedAndRead(file: AccountFile): AccountFile {
  const { header, put } = encodeChange(undefined, file);
  const rows = new Map(JSON.parse(JSON.stringify([...put])) as [string, never][]);
  return decodeFile({
    account: file.id,
    seq: file.seq,
    header: JSON.parse(JSON.stringify(header)),
    rows,
  } as never);
}

/** Asked twice, or of a file that was written and read again, it says the same, byte for byte. */
export const sameBytes: Witness = {
  rested({ engine, file, now }) {
    for (const at of [now, now + 20 * hour, now + 200 * hour]) {
      const said = text(decide(engine, file, at));
      expect(text(decide(engine, file, at))).toBe(said);
      expect(text(decide(engine, storedAndRead(file), at))).toBe(said);
    }
  },
};

/** Nothing would be done before the instant at which it wants to be looked at next. */
export const wakesInTime: Witness = {
  rested({ engine, file, now }) {
    const { events, next } = decide(engine, file, now);
    expect(events).toEqual([]);
    expect(next === undefined || next > now).toBe(true);
    const end = Math.min(next ?? Number.MAX_SAFE_INTEGER, now + 40 * 24 * hour);
    // Every hour at first, then at times that go round the clock.
    for (let at = now, step = 1; at < end; at += step * hour, step = Math.min(step + 1, 23))
      expect([at, decide(engine, file, at).events]).toEqual([at, []]);
    if (end > now) expect([end - 1, decide(engine, file, end - 1).events]).toEqual([end - 1, []]);
  },
};

/** What was just planned is right at once, and asked for once. */
export const rightAtOnce: Witness = {
  decided({ acts, events }, { engine, file, now }) {
    const planned = evolveAll(file, events);
    for (const act of acts) {
      const second = act.covers.some(({ stage }) => stage.includes('/'));
      // Being proposed may itself raise a level by state, beyond which nobody is told of the one below.
      if (second && engine.policies.get(act.policy.id)?.byState === true) continue;
      if (act.kind === 'message' && planned.acts.get(act.id)?.state === 'planned')
        expect([act.id, recheck(engine, planned, act, now)]).toEqual([act.id, { ok: true }]);
    }
  },
};

/** Explaining is deciding. */
export const explainedAsDecided: Witness = {
  rested({ engine, file, now }) {
    const at = now + 26 * hour;
    const acts: Act[] = [];
    let decision = decide(engine, file, at);
    // Where something has to leave first, the review that follows at once does the rest.
    for (let current = file; decision.unfinished === true; ) {
      acts.push(...decision.acts);
      current = evolveAll(current, decision.events);
      decision = decide(engine, current, at);
    }
    const explained = explain(engine, file, at);
    expect(explained.acts).toEqual([...acts, ...decision.acts]);
    expect(explained.next).toBe(decision.next);
  },
};

/** Keys and ids of acts are never used twice. */
export function uniqueKeys(): Witness {
  const keys = new Set<string>();
  const taken = new Set<string>();
  return {
    decided({ acts }) {
      for (const act of acts) {
        expect(keys.has(act.id)).toBe(false);
        keys.add(act.id);
        expect(new Set(act.keys).size).toBe(act.keys.length);
      }
    },
    rested({ log, acts }) {
      // A key may come again with another id only where the act was taken back.
      taken.clear();
      for (const event of log) {
        if (event.type === 'act.planned')
          for (const key of event.act.keys) {
            expect([key, taken.has(key)]).toEqual([key, false]);
            taken.add(key);
          }
        const over =
          event.type === 'act.withdrawn' ||
          (event.type === 'act.discarded' && event.next !== 'skip') ||
          (event.type === 'act.resolved' && !event.sent);
        if (over) for (const key of acts.get(event.act)?.keys ?? []) taken.delete(key);
      }
    },
  };
}

/** The host has on what some case wants, and nothing else. */
export const effectsAreWanted: Witness = {
  rested({ file, effects, log }) {
    const wanted = new Set<string>();
    for (const one of [...file.cases.values()].flat()) {
      for (const effect of one.effects ?? []) wanted.add(effect);
      if (one.state === 'closed') expect(one.effects ?? []).toEqual([]);
    }
    const on = [...effects].flatMap(([name, state]) => (state === 'on' ? [name] : []));
    expect([on.sort(), log.length > 0]).toEqual([[...wanted].sort(), log.length > 0]);
  },
};

/** Amounts add up, and nothing is chased that is settled, held or disputed. */
export const chasesWhatIsOwed: Witness = {
  decided({ acts }, { engine, file, now }) {
    for (const act of acts) {
      if (act.purpose !== 'dunning' || act.kind !== 'message') continue;
      const acting = act.items.filter((item) => item.acting);
      expect(acting.length).toBeGreaterThan(0);
      expect(act.totals).toEqual(
        sumByCurrency(acting.map(({ dunnable, currency }) => ({ minor: dunnable, currency }))),
      );
      const view = viewOf(engine, file, now);
      const items = new Map(view.items.map((item) => [item.id, item]));
      if (acting.length < act.items.length) {
        // What is only listed is asked for, too: it is under the same policy.
        const own = subjectsOf(engine, view).filter(
          ({ policy, reason }) => policy?.ref.id === act.policy.id && reason === undefined,
        );
        const known = new Set(own.flatMap(({ unit }) => unit.items.map((item) => item.id)));
        for (const { item } of act.items) expect([item, known.has(item)]).toEqual([item, true]);
      }
      for (const item of acting) {
        expect(item.dunnable).toBeGreaterThan(0);
        expect(item.dunnable).toBeLessThanOrEqual(item.outstanding);
        expect(items.get(item.item)?.dunnable).toBe(item.dunnable);
        const invoice = file.invoices.get(item.invoice);
        expect(invoice?.status).toBe('open');
        expect(invoice?.type).not.toBe('payable');
        const { holdEnd } = engine.plan.blocks ?? {};
        for (const hold of file.holds.values()) {
          const last = hold.until ?? '9999-12-31';
          const held =
            !hold.released &&
            hold.amount === undefined &&
            hold.instalment === undefined &&
            (hold.invoice ?? item.invoice) === item.invoice &&
            hold.from <= act.on &&
            (holdEnd === 'exclusive' ? act.on < last : act.on <= last);
          expect([item.item, hold.id, held]).toEqual([item.item, hold.id, false]);
        }
        for (const dispute of file.disputes.values()) {
          const disputed =
            dispute.state === 'open' &&
            dispute.amount === undefined &&
            dispute.instalment === undefined &&
            dispute.invoice === item.invoice;
          expect([item.item, dispute.id, disputed]).toEqual([item.item, dispute.id, false]);
        }
      }
    }
  },
  rested({ engine, file, now }) {
    const parts = new Map<string, number>();
    for (const item of viewOf(engine, file, now).items) {
      if (item.plan !== undefined) continue;
      const { id } = item.invoice;
      parts.set(id, (parts.get(id) ?? 0) + item.original);
    }
    for (const [id, sum] of parts) {
      const invoice = file.invoices.get(id);
      const charges = (invoice?.charges ?? []).reduce((all, { amount }) => all + amount, 0);
      expect(sum + charges).toBe(invoice?.total);
    }
  },
};

/** Stages that count from the due date of an item alone never act before their day, unless somebody asked. */
export function neverEarly({ documents }: Life): Witness {
  const asked = new Set<string>();
  return {
    decided({ acts, events }, { log }) {
      for (const event of [...log, ...events]) if (event.type === 'case.asked') asked.add(event.case);
      for (const act of acts) {
        const policy = [...documents.policies, documents.newer].find(
          (one) => one.id === act.policy.id && one.version === act.policy.version,
        );
        if (policy === undefined || act.kind !== 'message' || act.policy.adjusted !== undefined) continue;
        if (typeof policy.unit === 'object') continue;
        for (const cover of act.covers) {
          const stage = policy.stages.find((one) => one.id === cover.stage);
          const item = act.items.find((one) => one.item === cover.subject);
          const at = stage?.at;
          if (at === undefined || !('from' in at) || at.from !== 'due' || asked.has(cover.case)) continue;
          if (item?.due === undefined || !/^\d+d$/.test(at.plus ?? at.minus ?? '')) continue;
          if (at.businessDay === 'previous') continue;
          const days =
            at.minus === undefined ? Number.parseInt(at.plus ?? '0', 10) : -Number.parseInt(at.minus, 10);
          expect([act.id, parseDay(act.on) - parseDay(item.due) >= days]).toEqual([act.id, true]);
        }
      }
    },
  };
}

/** What is promised, disputed or reported as paid is acknowledged while it is open and fresh, to the amount that was named, and once. */
export const answeredOnce: Witness = {
  decided({ acts }, { file }) {
    for (const { answers, purpose, on, totals, items, covers } of acts) {
      if (answers === undefined) continue;
      const { kind, id } = answers;
      if (kind === 'message') continue;
      const place = { promise: file.promises, dispute: file.disputes, report: file.unbooked }[kind];
      const said = place.get(id);
      if (said === undefined) throw new Error(`answers what nobody said: ${id}`);
      const day = 'made' in said ? said.made : 'opened' in said ? said.opened : said.on;
      const open = { promise: 'active', dispute: 'open', report: 'pending' }[kind];
      expect([purpose, said.state]).toEqual(['service', open]);
      if (kind === 'report') expect('on' in said && said.source).toBe('debtor');
      expect(parseDay(on) - parseDay(day)).toBeLessThanOrEqual(3);
      expect(totals.every(({ minor }) => minor > 0) && items.length > 0).toBe(true);
      if (said.amount !== undefined && said.currency !== undefined && totals.length === 1)
        if (totals[0]?.currency === said.currency) expect(totals[0]?.minor).toBe(said.amount);
      expect(new Set(covers.map((cover) => cover.stage)).size).toBe(1);
    }
  },
  rested({ log, acts }) {
    const sent = new Set<string>();
    for (const event of log) {
      if (event.type !== 'act.accepted' && event.type !== 'act.unknown') continue;
      const act = acts.get(event.act);
      const [mark = ''] = act?.answers === undefined ? [] : act.covers.map(({ stage }) => stage);
      if (mark === '') continue;
      expect([mark, sent.has(mark)]).toEqual([mark, false]);
      if (event.type === 'act.accepted') sent.add(mark);
    }
  },
};

/** Contacts are what was sent, done by hand or recorded; proposals and plans never are. */
export const contactsHappened: Witness = {
  rested({ file, log, acts }) {
    const occasions = new Set<number>();
    for (const event of log) {
      if (event.type === 'contact.recorded') occasions.add(-event.at);
      if (
        event.type === 'act.accepted' ||
        event.type === 'act.confirmed' ||
        (event.type === 'act.resolved' && event.sent)
      )
        occasions.add(acts.get(event.act)?.review ?? Number.NaN);
    }
    for (const touch of file.touches) expect(occasions.has(touch.occasion)).toBe(true);
  },
};

function periodOf(cap: ContactCap, first: number): readonly [number, number] {
  if (cap.in === 'week') {
    const monday = first - weekdayOf(first) + 1;
    return [monday, monday + 6];
  }
  if (cap.in === 'month') {
    const start = first - civilOf(first).day + 1;
    return [start, start + 27];
  }
  return [first, first + Number.parseInt(cap.per ?? '', 10) - 1];
}

/** Caps hold for what goes out by itself; what people do by hand counts, but nothing stops them. */
export function capsHold(): Witness {
  let zones = new Set<string | undefined>();
  return {
    rested({ engine, file, log, acts }) {
      zones.add(file.account?.zone);
      if (zones.size > 1) return;
      const byHand = new Set<number>();
      const made: { act: Act | undefined; occasion: number; day: number }[] = [];
      for (const event of log) {
        if (event.type === 'account.upserted') zones = zones.add(event.account.zone);
        if (event.type === 'contact.recorded') {
          byHand.add(-event.at);
          made.push({ act: undefined, occasion: -event.at, day: parseDay(event.on) });
        }
        if (event.type === 'act.confirmed') byHand.add(acts.get(event.act)?.review ?? 0);
        // What is resolved as sent was sent when it was tried.
        const sent =
          event.type === 'act.accepted' || event.type === 'act.confirmed' || event.type === 'act.unknown';
        if (!sent) continue;
        const act = acts.get(event.act);
        if (act?.kind === 'message') made.push({ act, occasion: act.review, day: parseDay(event.on) });
      }
      if (zones.size > 1) return;
      for (const cap of engine.plan.contact?.caps ?? []) {
        const counted = made.filter(({ act }) =>
          act === undefined
            ? cap.channel === undefined && cap.of !== 'contact'
            : (cap.channel === undefined || act.channel === cap.channel) &&
              (cap.purpose === 'any' || act.purpose === 'dunning'),
        );
        const of = (act: Act | undefined): string => (cap.of === 'contact' ? (act?.contact ?? '') : '');
        for (const group of Map.groupBy(counted, ({ act }) => of(act)).values()) {
          for (const { day, occasion } of group) {
            if (byHand.has(occasion)) continue;
            const [from, to] = periodOf(cap, day);
            const within = new Set(
              group
                .filter((one) => one.day >= from && one.day <= to && !byHand.has(one.occasion))
                .map((one) => one.occasion),
            );
            expect([cap, within.size <= cap.max]).toEqual([cap, true]);
          }
        }
      }
    },
  };
}

/** One event after the other or all at once: one file. */
export function foldsAlike({ ledger }: Life): Witness {
  return {
    rested({ file, log }: Moment) {
      const start = fileOf(...ledger);
      expect(text(log.reduce(evolve, start))).toBe(text(file));
      expect(text(evolveAll(start, log))).toBe(text(file));
    },
  };
}

/** Two witnesses see what all of them see. */
export function together(...witnesses: readonly Witness[]): Witness {
  return {
    decided: (...seen) => {
      for (const one of witnesses) one.decided?.(...seen);
    },
    rested: (moment) => {
      for (const one of witnesses) one.rested?.(moment);
    },
  };
}
