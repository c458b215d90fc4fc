/**
 * What is compared with what: documents taken apart into rooms of fields, lists
 * of things that have an identity, and values that are compared whole.
 */
export type Grain =
  | { readonly kind: 'whole' }
  /** An object whose members are fields of a room, some with an inside of their own. */
  | {
      readonly kind: 'room';
      readonly room: string;
      readonly inside: Readonly<Record<string, Grain>>;
      /** Members that say who it is, and are no difference where what they stand in was matched by them. */
      readonly identity?: readonly string[] | undefined;
    }
  /** An object of like members by names of the author's own. */
  | {
      readonly kind: 'record';
      readonly field: string;
      readonly of: Grain;
      readonly thing?: ThingKind | undefined;
    }
  /** Things with an identity, in an order that means something. */
  | { readonly kind: 'list'; readonly thing: ThingKind; readonly keys: Keys; readonly of: Grain };

/** What people know by a name. */
export type ThingKind =
  | 'plan'
  | 'policy'
  | 'messages'
  | 'segment'
  | 'assignment'
  | 'experiment'
  | 'arm'
  | 'adjustment'
  | 'rate'
  | 'source'
  | 'stage'
  | 'action'
  | 'message'
  | 'language';

/** Identities of the members of two lists, so that what belongs together has one name; undefined where there are none. */
export type Keys = (
  before: readonly unknown[],
  after: readonly unknown[],
) => readonly [readonly string[], readonly string[]] | undefined;

const whole: Grain = { kind: 'whole' };
const room = (name: string, inside: Readonly<Record<string, Grain>> = {}): Grain => ({
  kind: 'room',
  room: name,
  inside,
});

/** Each member by a name of its own; of equal ones the second, third … by its number too. */
function each(name: (member: Readonly<Record<string, unknown>>) => string | undefined): Keys {
  const keysOf = (list: readonly unknown[]): string[] | undefined => {
    const seen = new Map<string, number>();
    const keys: string[] = [];
    for (const member of list) {
      const own = isRecord(member) ? name(member) : undefined;
      if (own === undefined) return undefined;
      const count = (seen.get(own) ?? 0) + 1;
      seen.set(own, count);
      keys.push(count === 1 ? own : `${own}#${count}`);
    }
    return keys;
  };
  return (before, after) => {
    const [a, b] = [keysOf(before), keysOf(after)];
    return a === undefined || b === undefined ? undefined : [a, b];
  };
}

const byId = each(({ id }) => (typeof id === 'string' ? id : undefined));

/** Of several versions of a policy the newest is compared with the newest; two policies alone are compared whatever they are called. */
const policies: Keys = (before, after) => {
  const [a] = before;
  const [b] = after;
  if (before.length === 1 && after.length === 1 && isRecord(a) && isRecord(b) && a.id !== b.id) {
    const id = String(b.id);
    return [[id], [id]];
  }
  const keysOf = (list: readonly unknown[]): string[] | undefined => {
    const newest = new Map<string, number>();
    for (const one of list) {
      if (!isRecord(one) || typeof one.id !== 'string') return undefined;
      newest.set(one.id, Math.max(newest.get(one.id) ?? Number.NEGATIVE_INFINITY, Number(one.version)));
    }
    const keys = list.map((one) => {
      const { id, version } = one as { readonly id: string; readonly version: number };
      return newest.get(id) === version ? id : `${id}@${version}`;
    });
    return new Set(keys).size === keys.length ? keys : undefined;
  };
  const [x, y] = [keysOf(before), keysOf(after)];
  return x === undefined || y === undefined ? undefined : [x, y];
};

const kinds = ['send', 'task', 'alert', 'effect', 'fee', 'handover', 'writeOff', 'close', 'escalate'];

const action: Grain = {
  kind: 'room',
  room: 'action',
  inside: { interest: room('interest') },
  identity: kinds,
};

const stage = room('stage', {
  min: room('min'),
  do: {
    kind: 'list',
    thing: 'action',
    keys: each((one) => {
      const kind = kinds.find((name) => typeof one[name] === 'string');
      return kind === undefined ? undefined : `${kind} ${String(one[kind])}`;
    }),
    of: action,
  },
});

const policy = room('policy', {
  message: room('grouping'),
  last: room('last'),
  on: room('on'),
  stages: { kind: 'list', thing: 'stage', keys: byId, of: stage },
});

/** Whom an assignment or an adjustment names. */
const targets = ['invoice', 'account', 'branch', 'entity', 'area', 'segment'] as const;

function targetOf(one: Readonly<Record<string, unknown>>): string {
  const named = targets.filter((name) => one[name] !== undefined);
  return named.length === 0 ? 'everybody' : named.map((name) => `${name} ${String(one[name])}`).join(' + ');
}

const plan = room('plan', {
  segments: { kind: 'list', thing: 'segment', keys: byId, of: room('segment') },
  assign: {
    kind: 'list',
    thing: 'assignment',
    keys: each(targetOf),
    of: { kind: 'room', room: 'assign', inside: {}, identity: targets },
  },
  contact: room('contact', {
    gaps: { kind: 'record', field: 'contact.gaps', of: whole },
    consent: { kind: 'record', field: 'contact.consent', of: whole },
  }),
  calendar: room('calendar'),
  rates: {
    kind: 'list',
    thing: 'rate',
    keys: each((one) => `${String(one.from)} ${String(one.to)} ${String(one.on)}`),
    of: { kind: 'room', room: 'rate', inside: {}, identity: ['from', 'to', 'on'] },
  },
  experiments: {
    kind: 'list',
    thing: 'experiment',
    keys: byId,
    of: room('experiment', { arms: { kind: 'list', thing: 'arm', keys: byId, of: room('arm') } }),
  },
  adjust: {
    kind: 'list',
    thing: 'adjustment',
    keys: each((one) => {
      const policy = one.policy === undefined ? '' : ` · ${String(one.policy)}`;
      return `${targetOf(one)}${policy}`;
    }),
    of: {
      kind: 'room',
      room: 'adjust',
      identity: ['account', 'segment', 'policy'],
      inside: { stages: { kind: 'record', field: 'stages', thing: 'stage', of: room('adjusted') } },
    },
  },
  blocks: room('blocks', { promise: room('promise') }),
  sources: { kind: 'record', field: 'sources', thing: 'source', of: room('source') },
  credit: room('credit'),
  terms: room('terms'),
});

const messages = room('messages', {
  messages: {
    kind: 'list',
    thing: 'message',
    keys: byId,
    of: room('message', {
      text: {
        kind: 'record',
        field: 'text',
        thing: 'language',
        of: { kind: 'record', field: 'message.text', of: whole },
      },
    }),
  },
});

/** A set of documents. */
export const documents = room('documents', {
  plan,
  policies: { kind: 'list', thing: 'policy', keys: policies, of: policy },
  messages,
});

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
