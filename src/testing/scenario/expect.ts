import type { AccountExplanation } from '../../dunning/index.js';
import type { AccountStatus } from '../../engine/index.js';
import { isRecobroError } from '../../errors.js';
import { lint } from '../../lint/index.js';
import { formatAmount } from '../../money/index.js';
import type { Expectations, Happenings } from '../../schema/index.js';
import { parseDocuments } from '../../schema/index.js';
import { hint } from '../../schema/nearest.js';
import { eventTypes, isEventType } from './event-types.js';
import {
  type ActNow,
  accountFound,
  actFound,
  completedBy,
  draftFound,
  eventFound,
  explanationFound,
  type Found,
  feesFound,
  itemFound,
  noticeFound,
  outcomeFound,
  sentFound,
  skippedFound,
  wordsOf,
} from './found.js';
import { type Mismatch, match, show } from './match.js';
import { dateOf, instantOf, localOf } from './moments.js';
import { isLoose } from './plain.js';
import type { Answered } from './stage.js';
import { actsOf, nextOf, type Tenant, type World } from './world.js';

/** From when on lists count: what had happened before. */
export interface Since {
  readonly events: number;
  readonly attempts: number;
  readonly reviews: number;
}

export const fromTheStart: Since = { events: 0, attempts: 0, reviews: 0 };

/** Where things stand, so that what happens after can be told apart. */
export function sinceNow(world: World, tenant: Tenant): Since {
  return {
    events: tenant.events.length,
    attempts: world.script.attempts.length,
    reviews: tenant.reviews.length,
  };
}

/** Holds expectations against what there is. */
export class Look {
  readonly #world: World;
  readonly #tenant: Tenant;
  readonly #since: Since;
  readonly #answered: Answered;
  readonly #at: number;
  readonly #accounts = new Map<string, AccountStatus>();
  readonly #explanations = new Map<string, AccountExplanation>();
  #acts: ReadonlyMap<string, ActNow> | undefined;

  constructor(world: World, tenant: Tenant, since: Since, answered: Answered, at: number) {
    this.#world = world;
    this.#tenant = tenant;
    this.#since = since;
    this.#answered = answered;
    this.#at = at;
  }

  /** Everything that is not as expected. */
  async differences(then: Expectations, path: string): Promise<readonly Mismatch[]> {
    const wrong: Mismatch[] = [...(await this.#happened(then, this.#since, path))];
    if (then.soFar !== undefined)
      wrong.push(...(await this.#happened(then.soFar, fromTheStart, `${path}.soFar`)));
    if (then.nothing === true) wrong.push(...this.#nothing(`${path}.nothing`));
    const { moments } = this.#world;
    if (then.pending !== undefined) {
      const pending = [...(await this.#actsNow()).values()].filter((one) => unfinished.has(one.state ?? ''));
      wrong.push(
        ...match(
          then.pending,
          pending.map((one) => actFound(one, moments)),
          `${path}.pending`,
        ),
      );
    }
    if (then.drafts !== undefined) wrong.push(...match(then.drafts, await this.#drafts(), `${path}.drafts`));
    if (then.notices !== undefined)
      wrong.push(...match(then.notices, await this.#notices(), `${path}.notices`));
    wrong.push(...(await this.#reads(then, path)));
    if (then.effects !== undefined) wrong.push(...(await this.#effects(then.effects, `${path}.effects`)));
    if (then.next !== undefined) wrong.push(...(await this.#next(then.next, `${path}.next`)));
    if (then.forecast !== undefined) {
      const { until, acts } = then.forecast;
      const found = await this.#forecast(instantOf(until, moments, this.#at));
      wrong.push(...match(acts, found, `${path}.forecast.acts`));
    }
    wrong.push(...this.#answers(then, path));
    if (then.lint !== undefined) wrong.push(...match(then.lint, this.#lint(), `${path}.lint`));
    return wrong;
  }

  /** Messages that went out so far, with what is still open of what they asked for. */
  async #notices(): Promise<readonly Found[]> {
    const found: Found[] = [];
    const now = await this.#actsNow();
    for (const event of this.#tenant.events) {
      const byHand = event.type === 'act.confirmed' || (event.type === 'act.resolved' && event.sent);
      if (event.type !== 'act.accepted' && !byHand) continue;
      const act = now.get(event.act)?.act;
      if (act?.kind !== 'message') continue;
      const notice = await this.#tenant.dunning.notice(act.id, { at: this.#at });
      found.push(noticeFound(act, notice, localOf(event.at, this.#world.moments)));
    }
    return found;
  }

  /** Messages that wait for a person, as they would go now. */
  async #drafts(): Promise<readonly Found[]> {
    const found: Found[] = [];
    for (const now of (await this.#actsNow()).values()) {
      if (now.state !== 'open' || now.act.kind !== 'message') continue;
      const draft = await this.#tenant.dunning.draft(now.act.id, { at: this.#at });
      found.push(draftFound(draft, now, this.#world.moments));
    }
    return found;
  }

  /** Acts with their states. */
  async #actsNow(): Promise<ReadonlyMap<string, ActNow>> {
    this.#acts ??= new Map((await actsOf(this.#tenant)).map((record) => [record.act.id, record]));
    return this.#acts;
  }

  async #happened(then: Happenings, since: Since, path: string): Promise<readonly Mismatch[]> {
    const { moments, script } = this.#world;
    const wrong: Mismatch[] = [];
    const events = this.#tenant.events.slice(since.events);
    const lists = ['acts', 'tasks', 'alerts', 'handovers', 'fees', 'sent', 'attempts'] as const;
    if (lists.some((key) => then[key] !== undefined)) {
      const now = await this.#actsNow();
      const made = events.flatMap((event) => {
        if (event.type !== 'act.planned') return [];
        const { act } = event;
        const known = now.get(act.id);
        return [known ?? { act, state: undefined, attempts: 0, notBefore: undefined, result: undefined }];
      });
      const of = (kind?: string): readonly Found[] =>
        made
          .filter((one) => kind === undefined || one.act.kind === kind)
          .map((one) => actFound(one, moments));
      const attempts = script.attempts
        .slice(since.attempts)
        .filter((one) => one.message.tenant === this.#tenant.id)
        .map((one) => sentFound(one, now.get(one.message.key), moments));
      if (then.acts !== undefined) wrong.push(...match(then.acts, of(), `${path}.acts`));
      if (then.tasks !== undefined) wrong.push(...match(then.tasks, of('task'), `${path}.tasks`));
      if (then.alerts !== undefined) wrong.push(...match(then.alerts, of('alert'), `${path}.alerts`));
      if (then.handovers !== undefined)
        wrong.push(...match(then.handovers, of('handover'), `${path}.handovers`));
      if (then.fees !== undefined)
        wrong.push(
          ...match(
            then.fees,
            made.flatMap((one) => feesFound(one)),
            `${path}.fees`,
          ),
        );
      if (then.attempts !== undefined) wrong.push(...match(then.attempts, attempts, `${path}.attempts`));
      if (then.sent !== undefined) {
        const sent = attempts.filter((one) => one.outcome === 'accepted');
        wrong.push(...match(then.sent, sent, `${path}.sent`));
      }
    }
    if (then.outcomes !== undefined) {
      const found = events.flatMap((event) => outcomeFound(event, this.#tenant.acts, moments) ?? []);
      wrong.push(...match(then.outcomes, found, `${path}.outcomes`));
    }
    if (then.skipped !== undefined) {
      const found = events.flatMap((event) => skippedFound(event, this.#tenant.acts, moments));
      wrong.push(...match(then.skipped, found, `${path}.skipped`));
    }
    if (then.events !== undefined) wrong.push(...this.#eventsOf(then.events, since, `${path}.events`));
    if (then.text !== undefined) {
      const sent = script.attempts
        .slice(since.attempts)
        .filter((one) => one.message.tenant === this.#tenant.id && one.outcome.outcome === 'accepted');
      wrong.push(...match(then.text, sent.map(wordsOf).join('\n'), `${path}.text`));
    }
    return wrong;
  }

  #eventsOf(then: NonNullable<Happenings['events']>, since: Since, path: string): readonly Mismatch[] {
    const found = this.#tenant.events
      .slice(since.events)
      .map((event) => eventFound(event, this.#tenant.acts, this.#world.moments));
    if (!isLoose(then) || Object.keys(then).some((key) => listKeys.has(key))) return match(then, found, path);
    return Object.entries(then).flatMap(([type, expected]) => {
      const at = `${path}[${JSON.stringify(type)}]`;
      if (!isEventType(type)) {
        const message = `there is no event ${JSON.stringify(type)}${hint(type, eventTypes, 100)}`;
        return [{ path: at, expected, found: undefined, message }];
      }
      const own = found.filter((event) => event.type === type);
      // Of an event as a whole nothing is more or less: how many of them is meant.
      if (isLoose(expected) && Object.keys(expected).every((key) => counting.has(key)))
        return match({ count: expected }, own, at);
      const some = isLoose(expected) && !Object.keys(expected).some((key) => listKeys.has(key));
      return match(some ? [expected] : expected, own, at);
    });
  }

  #nothing(path: string): readonly Mismatch[] {
    const events = this.#tenant.events
      .slice(this.#since.events)
      .filter((event) => !event.type.endsWith('.upserted') && !bookkeeping.has(event.type));
    const attempts = this.#world.script.attempts.slice(this.#since.attempts);
    if (events.length === 0 && attempts.length === 0) return [];
    const found = events.map((event) => eventFound(event, this.#tenant.acts, this.#world.moments));
    const brief = found.map(({ type, item, stage, reason }) => show({ type, item, stage, reason }));
    const message = `expected nothing to happen, found ${brief.join(', ')}${attempts.length === 0 ? '' : ` and ${attempts.length} sent`}`;
    return [{ path, expected: true, found, message }];
  }

  async #account(id: string): Promise<AccountStatus> {
    const known = this.#accounts.get(id);
    if (known !== undefined) return known;
    const read = await this.#tenant.dunning.account(id, { at: this.#at, settled: true });
    this.#accounts.set(id, read);
    return read;
  }

  async #explained(id: string): Promise<AccountExplanation> {
    const known = this.#explanations.get(id);
    if (known !== undefined) return known;
    const read = await this.#tenant.dunning.explain(id, { at: this.#at });
    this.#explanations.set(id, read);
    return read;
  }

  async #reads(then: Expectations, path: string): Promise<readonly Mismatch[]> {
    const wrong: Mismatch[] = [];
    const each = async (
      key: 'levels' | 'items' | 'amounts' | 'counters' | 'reasons' | 'explain',
      compare: (expected: unknown, item: string, account: string, at: string) => Promise<readonly Mismatch[]>,
    ): Promise<void> => {
      for (const [item, expected] of Object.entries(then[key] ?? {})) {
        const at = `${path}.${key}[${JSON.stringify(item)}]`;
        const { book } = this.#tenant;
        const accounts = book.ids('accounts');
        const account = accounts.includes(item) ? item : book.accountOf(item);
        wrong.push(
          ...(account === undefined
            ? [{ path: at, expected, found: undefined, message: `no account is known to have ${item}` }]
            : await guarded(at, expected, () => compare(expected, item, account, at))),
        );
      }
    };
    const item = async (id: string, account: string): Promise<Found | undefined> => {
      const { items } = await this.#account(account);
      const found = items.find((one) => one.item === id);
      return found === undefined ? undefined : itemFound(found, this.#world.moments);
    };
    const unknown = (id: string, expected: unknown, at: string): readonly Mismatch[] => [
      { path: at, expected, found: undefined, message: `there is no item ${id}` },
    ];
    await each('levels', async (expected, id, account, at) => {
      const found = id === account ? highest(await this.#account(account)) : await item(id, account);
      if (found === undefined) return unknown(id, expected, at);
      if (isLoose(expected)) return match(expected, found, at);
      if (typeof expected === 'number') return match(expected, found.level ?? 0, at);
      return match(expected, found.stage, at);
    });
    await each('items', async (expected, id, account, at) => {
      const found = await item(id, account);
      return found === undefined ? unknown(id, expected, at) : match(expected, found, at);
    });
    await each('amounts', async (expected, id, account, at) => {
      const found = await item(id, account);
      if (found === undefined) return unknown(id, expected, at);
      return match(expected, isLoose(expected) ? found : found.outstanding, at);
    });
    await each('counters', async (expected, id, account, at) => {
      const found = await item(id, account);
      if (found === undefined) return unknown(id, expected, at);
      const { reminders, lastReminder, daysSince } = found;
      if (!isLoose(expected)) return match(expected, reminders, at);
      return match(expected, { reminders, lastReminder, daysSince, stages: this.#stagesDone(id) }, at);
    });
    await each('reasons', async (expected, id, account, at) => {
      const { items } = await this.#explained(account);
      const found = items.find((one) => one.item === id);
      if (found === undefined) return unknown(id, expected, at);
      return match(expected, found.acts ? 'acts' : found.reason, at);
    });
    await each('explain', async (expected, id, account, at) => {
      const { items } = await this.#explained(account);
      const found = items.find((one) => one.item === id);
      if (found === undefined) return unknown(id, expected, at);
      return match(expected, explanationFound(found, this.#world.moments), at);
    });
    for (const [id, expected] of Object.entries(then.accounts ?? {})) {
      const at = `${path}.accounts[${JSON.stringify(id)}]`;
      wrong.push(
        ...(await guarded(at, expected, async () =>
          match(expected, accountFound(await this.#account(id), this.#world.moments), at),
        )),
      );
    }
    if (then.totals !== undefined) wrong.push(...(await this.#totals(then.totals, `${path}.totals`)));
    return wrong;
  }

  /** How often each stage was done for an item, or for the group that it climbs with, as the log tells it. */
  #stagesDone(item: string): Found {
    const done = new Map<string, number>(stageNames(this.#tenant.wiring.policies).map((stage) => [stage, 0]));
    const count = (stage: string): void => {
      done.set(stage, (done.get(stage) ?? 0) + 1);
    };
    for (const event of this.#tenant.events) {
      if (event.type === 'stage.done' && event.subject === item) count(event.stage);
      const act = completedBy(event, this.#tenant.acts);
      const listed = act?.items.some((one) => one.item === item && one.acting) === true;
      for (const { subject, stage } of act?.covers ?? [])
        if (subject === item || (listed && subject.startsWith('~') && !subject.startsWith('~plan:')))
          count(stage);
    }
    return Object.fromEntries(done);
  }

  async #totals(expected: Readonly<Record<string, unknown>>, path: string): Promise<readonly Mismatch[]> {
    const sums = new Map<string, { outstanding: number; overdue: number; dunnable: number }>();
    for (const id of this.#tenant.book.ids('accounts')) {
      const { items } = await this.#account(id);
      for (const item of items) {
        const sum = sums.get(item.currency) ?? { outstanding: 0, overdue: 0, dunnable: 0 };
        sum.outstanding += item.outstanding;
        sum.dunnable += item.dunnable;
        if (item.overdue) sum.overdue += item.outstanding;
        sums.set(item.currency, sum);
      }
    }
    return Object.entries(expected).flatMap(([currency, wanted]) => {
      const { outstanding = 0, overdue = 0, dunnable = 0 } = sums.get(currency) ?? {};
      const found = {
        outstanding: formatAmount(outstanding, currency),
        overdue: formatAmount(overdue, currency),
        dunnable: formatAmount(dunnable, currency),
      };
      return match(wanted, isLoose(wanted) ? found : found.outstanding, `${path}.${currency}`);
    });
  }

  async #effects(expected: Readonly<Record<string, string>>, path: string): Promise<readonly Mismatch[]> {
    const on = new Set<string>();
    for (const id of this.#tenant.book.ids('accounts'))
      for (const effect of (await this.#account(id)).effects) on.add(effect);
    // A policy that is gone leaves its effects to be expected off.
    const wanted = this.#tenant.events.flatMap((event) =>
      event.type === 'effect.wanted' ? event.effect : [],
    );
    const known = new Set([...on, ...wanted, ...namedEffects(this.#tenant.wiring.policies)]);
    return Object.entries(expected).flatMap(([name, wanted]) => {
      const at = `${path}[${JSON.stringify(name)}]`;
      const found = on.has(name) ? 'on' : 'off';
      if (!known.has(name)) {
        const message = `no policy has an effect ${JSON.stringify(name)}${hint(name, [...known])}`;
        return [{ path: at, expected: wanted, found: undefined, message }];
      }
      return match(wanted, found, at);
    });
  }

  async #next(expected: unknown, path: string): Promise<readonly Mismatch[]> {
    const accounts = this.#tenant.book.ids('accounts');
    const byAccount = isLoose(expected) && Object.keys(expected).every((key) => accounts.includes(key));
    if (!byAccount) return this.#nextIs(expected, undefined, path);
    const wrong: Mismatch[] = [];
    for (const [id, wanted] of Object.entries(expected))
      wrong.push(...(await this.#nextIs(wanted, id, `${path}[${JSON.stringify(id)}]`)));
    return wrong;
  }

  async #nextIs(expected: unknown, account: string | undefined, path: string): Promise<readonly Mismatch[]> {
    const { moments } = this.#world;
    const next = await nextOf(this.#world, this.#tenant, account);
    if (next === undefined) return match(expected, undefined, path);
    if (next <= this.#at) return match(expected, 'now', path);
    const date = typeof expected === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(expected);
    return match(expected, date ? dateOf(next, moments) : localOf(next, moments), path);
  }

  async #forecast(to: number): Promise<readonly Found[]> {
    const { moments } = this.#world;
    const found: Found[] = [];
    for (const id of this.#tenant.book.ids('accounts')) {
      const { planned } = await this.#tenant.dunning.forecast(id, { from: this.#at, to });
      for (const { act } of planned)
        found.push(
          actFound({ act, state: undefined, attempts: 0, notBefore: undefined, result: undefined }, moments),
        );
    }
    return found;
  }

  #answers(then: Expectations, path: string): readonly Mismatch[] {
    const wrong: Mismatch[] = [];
    const { failed, synced, portfolio, impact } = this.#answered;
    const last = this.#tenant.reviews.slice(this.#since.reviews).at(-1);
    if (then.reviewed !== undefined) {
      const found = last?.counts;
      wrong.push(
        ...match(then.reviewed, isLoose(then.reviewed) ? found : found?.accounts, `${path}.reviewed`),
      );
    }
    if (then.failed !== undefined) wrong.push(...match(then.failed, failed, `${path}.failed`));
    if (then.synced !== undefined) wrong.push(...match(then.synced, synced, `${path}.synced`));
    if (then.portfolio !== undefined) wrong.push(...match(then.portfolio, portfolio, `${path}.portfolio`));
    if (then.impact !== undefined) wrong.push(...match(then.impact, impact, `${path}.impact`));
    return wrong;
  }

  #lint(): readonly unknown[] {
    const { plan, policies, messages, own } = this.#tenant.wiring;
    const findings = lint(parseDocuments({ plan, policies, messages }));
    if (own === undefined) return findings;
    // Nobody wrote the neutral texts, so nobody is told of what they do not say.
    return findings.filter(({ path }) => {
      const index = /^messages\.messages\[(\d+)\]/.exec(path)?.[1];
      return index === undefined || Number(index) < own.length;
    });
  }
}

/** The highest level of an account under any policy, in any currency. */
function highest({ policies }: AccountStatus): Found {
  const [top] = policies.flatMap((row) => row.level ?? []).sort((a, b) => b.number - a.number);
  return { level: top?.number, stage: top?.stage };
}

const unfinished: ReadonlySet<string> = new Set(['ready', 'claimed', 'sending', 'open', 'unknown']);
/** What is written down about a look at an account, and changes nothing for anybody. */
const bookkeeping: ReadonlySet<string> = new Set(['review.made', 'case.opened', 'case.carried']);
const counting: ReadonlySet<string> = new Set(['gt', 'gte', 'lt', 'lte']);
const listKeys: ReadonlySet<string> = new Set(['some', 'exactly', 'none', 'every', 'count', 'inOrder']);

function stageNames(policies: unknown): readonly string[] {
  if (!Array.isArray(policies)) return [];
  const stages = policies.flatMap((one: unknown) => (isLoose(one) ? one.stages : []));
  return stages.flatMap((one: unknown) => (isLoose(one) && typeof one.id === 'string' ? [one.id] : []));
}

function namedEffects(value: unknown, names: Set<string> = new Set()): ReadonlySet<string> {
  if (Array.isArray(value)) for (const one of value) namedEffects(one, names);
  else if (isLoose(value)) {
    if (typeof value.effect === 'string') names.add(value.effect);
    for (const one of Object.values(value)) namedEffects(one, names);
  }
  return names;
}

/** A read that is refused is a difference like any other. */
async function guarded(
  path: string,
  expected: unknown,
  work: () => Promise<readonly Mismatch[]>,
): Promise<readonly Mismatch[]> {
  try {
    return await work();
  } catch (error) {
    if (!isRecobroError(error)) throw error;
    const message = `it cannot be read: ${error.message} (${error.code})`;
    return [{ path, expected, found: error.code, message }];
  }
}
