/**
 * The facts that conditions may ask about. The catalogue is data with literal
 * types: the schema checks conditions against it, `definePlan` and
 * `definePolicy` turn it into types, and a guide lists it.
 */

/**
 * What a fact is. `money` is compared per currency, `days` are calendar days, an
 * `attribute` is the host's own field: text, number or boolean.
 */
export type FactType = 'money' | 'number' | 'days' | 'text' | 'boolean' | 'list' | 'attribute';

/** Where a condition stands. Segments group accounts, so they know nothing of an item. */
export type FactPlace = 'segment' | 'stage';

/** An operator of a condition. */
export type Operator = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'has' | 'exists';

/** One entry of the catalogue. */
export interface Fact {
  readonly type: FactType;
  /** Where it may be used. */
  readonly places: readonly FactPlace[];
  /** Whether it may be unknown; comparing an unknown fact never holds, `exists` tells. */
  readonly optional: boolean;
  /** One English sentence. */
  readonly description: string;
}

/** All operators, in the order in which they are documented. */
export const operators: readonly Operator[] = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'has', 'exists'];

/** Which operators fit which type of fact. */
export const operatorsOf = {
  money: ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'exists'],
  number: ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'exists'],
  days: ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'exists'],
  text: ['eq', 'ne', 'in', 'exists'],
  boolean: ['eq', 'ne', 'exists'],
  list: ['has', 'exists'],
  attribute: ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'exists'],
} as const satisfies Readonly<Record<FactType, readonly Operator[]>>;

const anywhere = ['segment', 'stage'] as const;
const stageOnly = ['stage'] as const;

/** Every built-in fact by name. Beside them stand `account.attributes.*` and `item.attributes.*`. */
export const factCatalogue = {
  'item.outstanding': {
    type: 'money',
    places: stageOnly,
    optional: false,
    description: 'What is owed on the item: its amount less payments, finalised credits and write-offs.',
  },
  'item.dunnable': {
    type: 'money',
    places: stageOnly,
    optional: false,
    description: 'What may be chased of the item: outstanding less disputed, promised, held and unapplied.',
  },
  'item.original': {
    type: 'money',
    places: stageOnly,
    optional: false,
    description: 'The amount of the item when it was issued.',
  },
  'item.daysPastDue': {
    type: 'days',
    places: stageOnly,
    optional: true,
    description: 'Local date less due date: 0 on the due day, negative before. Unknown without a due date.',
  },
  'item.overdue': {
    type: 'boolean',
    places: stageOnly,
    optional: false,
    description: 'Whether something is owed on the item past its due date.',
  },
  'item.currency': {
    type: 'text',
    places: stageOnly,
    optional: false,
    description: 'ISO 4217 code of the item.',
  },
  'item.tags': {
    type: 'list',
    places: stageOnly,
    optional: false,
    description: 'Tags of the invoice.',
  },
  'case.stagesDone': {
    type: 'number',
    places: stageOnly,
    optional: false,
    description: 'How many stages have acted on the item since its case was opened.',
  },
  'account.outstanding': {
    type: 'money',
    places: anywhere,
    optional: false,
    description: 'What the account owes on all open items, per currency.',
  },
  'account.overdue': {
    type: 'money',
    places: anywhere,
    optional: false,
    description: 'What the account owes past due, per currency.',
  },
  'account.dunnable': {
    type: 'money',
    places: anywhere,
    optional: false,
    description: 'What may be chased of the account, per currency.',
  },
  'account.openItems': {
    type: 'number',
    places: anywhere,
    optional: false,
    description: 'Number of items on which something is owed.',
  },
  'account.overdueItems': {
    type: 'number',
    places: anywhere,
    optional: false,
    description: 'Number of items on which something is owed past due.',
  },
  'account.oldestDaysPastDue': {
    type: 'days',
    places: anywhere,
    optional: true,
    description: 'Days past due of the oldest overdue item. Unknown when nothing is overdue.',
  },
  'account.itemsPaid': {
    type: 'number',
    places: anywhere,
    optional: false,
    description: 'Number of items that are settled by payment.',
  },
  'account.itemsPaidLate': {
    type: 'number',
    places: anywhere,
    optional: false,
    description: 'Number of items whose last payment came after the due date.',
  },
  'account.shareLate': {
    type: 'number',
    places: anywhere,
    optional: true,
    description: 'Percent (0 to 100) of paid items that were paid late. Unknown without history, never 0.',
  },
  'account.daysToPay': {
    type: 'days',
    places: anywhere,
    optional: true,
    description: 'Mean days from issue to last payment of paid items. Unknown without history.',
  },
  'account.country': {
    type: 'text',
    places: anywhere,
    optional: true,
    description: 'ISO 3166 alpha-2 code of the account.',
  },
  'account.language': {
    type: 'text',
    places: anywhere,
    optional: true,
    description: 'BCP 47 language of the account, as told by the host.',
  },
  'account.tags': {
    type: 'list',
    places: anywhere,
    optional: true,
    description: 'Tags of the account.',
  },
  'account.hardship': {
    type: 'boolean',
    places: anywhere,
    optional: true,
    description: 'Whether the account is known to be in difficulties.',
  },
} as const satisfies Readonly<Record<string, Fact>>;

/** Name of a built-in fact. */
export type FactName = keyof typeof factCatalogue;

/** Name of a fact from the host's own fields. */
export type AttributeFactName = `account.attributes.${string}` | `item.attributes.${string}`;

const attributeFacts: readonly (readonly [prefix: string, fact: Fact])[] = [
  [
    'account.attributes.',
    {
      type: 'attribute',
      places: anywhere,
      optional: true,
      description: "The host's own field of the account. Unknown where the account does not carry it.",
    },
  ],
  [
    'item.attributes.',
    {
      type: 'attribute',
      places: stageOnly,
      optional: true,
      description: "The host's own field of the invoice. Unknown where the invoice does not carry it.",
    },
  ],
];

/**
 * The catalogue entry of a fact, or undefined where there is none.
 *
 * @example factOf('item.dunnable')?.type // 'money'
 * @example factOf('account.attributes.sector')?.type // 'attribute'
 */
export function factOf(name: string): Fact | undefined {
  if (isFactName(name)) return factCatalogue[name];
  for (const [prefix, fact] of attributeFacts) {
    if (name.length > prefix.length && name.startsWith(prefix)) return fact;
  }
  return undefined;
}

/** Names of the built-in facts, optionally of one place. */
export function factNames(place?: FactPlace): readonly FactName[] {
  const names = Object.keys(factCatalogue).filter(isFactName);
  return place === undefined ? names : names.filter((name) => placesOf(name).includes(place));
}

function placesOf(name: FactName): readonly FactPlace[] {
  return factCatalogue[name].places;
}

function isFactName(name: string): name is FactName {
  return Object.hasOwn(factCatalogue, name);
}
