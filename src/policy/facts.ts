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

/** Every built-in fact by name. Beside them stand `account.scores.*`, `account.attributes.*` and `item.attributes.*`. */
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
    description:
      'What may be chased of the item: outstanding less disputed, promised, held, unapplied and booked fees.',
  },
  'item.original': {
    type: 'money',
    places: stageOnly,
    optional: false,
    description: 'The amount of the item when it was issued, without booked fees.',
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
  'item.charges': {
    type: 'money',
    places: stageOnly,
    optional: false,
    description: 'Booked fees that are owed on the item: no part of any other fact but what is outstanding.',
  },
  'item.type': {
    type: 'text',
    places: stageOnly,
    optional: false,
    description: 'Kind of document: `invoice` unless you say otherwise.',
  },
  'item.branch': {
    type: 'text',
    places: stageOnly,
    optional: true,
    description: 'Branch of the account that owes it.',
  },
  'item.entity': {
    type: 'text',
    places: stageOnly,
    optional: true,
    description: 'The legal entity that is owed.',
  },
  'item.area': {
    type: 'text',
    places: stageOnly,
    optional: true,
    description: 'Dunning area of the invoice.',
  },
  'item.inPlan': {
    type: 'boolean',
    places: stageOnly,
    optional: false,
    description: 'Whether it is an instalment of a payment plan.',
  },
  'case.stagesDone': {
    type: 'number',
    places: stageOnly,
    optional: false,
    description: 'How many stages have acted on the item since its case was opened.',
  },
  'case.level': {
    type: 'number',
    places: stageOnly,
    optional: false,
    description:
      'Level of the highest stage that counts as done, or whose level holds now: 0 before the first.',
  },
  'case.stage': {
    type: 'text',
    places: stageOnly,
    optional: true,
    description: 'Id of the stage that `case.level` speaks of. Unknown before the first.',
  },
  'case.daysSinceContact': {
    type: 'days',
    places: stageOnly,
    optional: true,
    description:
      'Days since somebody was last contacted about the case, by a stage or by hand. Unknown before the first contact.',
  },
  'case.opening': {
    type: 'number',
    places: stageOnly,
    optional: false,
    description: 'How many times the debt has had a case under this policy, with this one.',
  },
  'case.daysOpen': {
    type: 'days',
    places: stageOnly,
    optional: false,
    description: 'Days since the case was opened.',
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
    description: 'What may be chased of the account without booked fees, per currency.',
  },
  'account.openItems': {
    type: 'number',
    places: anywhere,
    optional: false,
    description: 'Number of items on which something but booked fees is owed.',
  },
  'account.overdueItems': {
    type: 'number',
    places: anywhere,
    optional: false,
    description: 'Number of items on which something but booked fees is owed past due.',
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
  'account.unapplied': {
    type: 'money',
    places: anywhere,
    optional: false,
    description: 'Money received or credited that is put to no invoice, or paid beyond one, per currency.',
  },
  'account.disputed': {
    type: 'money',
    places: anywhere,
    optional: false,
    description: 'What open disputes keep out of dunning, per currency.',
  },
  'account.openPromises': {
    type: 'money',
    places: anywhere,
    optional: false,
    description: 'What is promised and not over yet, per currency, less what was paid towards it.',
  },
  'account.promisesKept': {
    type: 'number',
    places: anywhere,
    optional: false,
    description: 'Number of promises to pay that were kept.',
  },
  'account.promisesPartlyKept': {
    type: 'number',
    places: anywhere,
    optional: false,
    description: 'Number of promises to pay of which only a part was paid.',
  },
  'account.promisesBroken': {
    type: 'number',
    places: anywhere,
    optional: false,
    description: 'Number of promises to pay of which nothing was paid.',
  },
  'account.daysSinceReply': {
    type: 'days',
    places: anywhere,
    optional: true,
    description: 'Days since the latest reply of the debtor. Unknown without one.',
  },
  'account.typicalDaysToPay': {
    type: 'days',
    places: anywhere,
    optional: true,
    description:
      'Median days from issue to last payment over the last 12 paid items. Unknown with fewer than 3.',
  },
  'account.typicalDaysLate': {
    type: 'days',
    places: anywhere,
    optional: true,
    description:
      'Median days past due at payment over the last 12 paid items, negative before. Unknown with fewer than 3.',
  },
  'account.risk': {
    type: 'number',
    places: anywhere,
    optional: true,
    description:
      'Risk of paying late, 0 to 100: as written onto the account, else from its own history. Unknown with fewer than 3 paid items.',
  },
  'account.class': {
    type: 'text',
    places: anywhere,
    optional: true,
    description: 'Class by revenue (A, B, C) as a portfolio pass or you wrote it onto the account.',
  },
  'account.percentile': {
    type: 'number',
    places: anywhere,
    optional: true,
    description: 'Percent of the other accounts with less revenue, as written onto the account.',
  },
  'account.branches': {
    type: 'number',
    places: anywhere,
    optional: false,
    description: 'Number of branches of the account.',
  },
  'account.creditLimit': {
    type: 'money',
    places: anywhere,
    optional: true,
    description: 'Credit limit, own and insured together. Unknown without one.',
  },
  'exposure.draft': {
    type: 'money',
    places: anywhere,
    optional: true,
    description:
      'Invoices that are not issued yet, in the currency of the credit line. Unknown without a credit line.',
  },
  'exposure.open': {
    type: 'money',
    places: anywhere,
    optional: true,
    description: 'What is owed and not overdue beyond the margin. Unknown without a credit line.',
  },
  'exposure.overdue': {
    type: 'money',
    places: anywhere,
    optional: true,
    description: 'What is owed and overdue beyond the margin. Unknown without a credit line.',
  },
  'exposure.returned': {
    type: 'money',
    places: anywhere,
    optional: true,
    description: 'What is owed because payments came back. Unknown without a credit line.',
  },
  'exposure.total': {
    type: 'money',
    places: anywhere,
    optional: true,
    description: 'All exposure of the account and its branches. Unknown without a credit line.',
  },
  'exposure.uninsured': {
    type: 'money',
    places: anywhere,
    optional: true,
    description: 'Exposure beyond what is insured. Unknown without a credit line.',
  },
  'exposure.overLimit': {
    type: 'boolean',
    places: anywhere,
    optional: true,
    description: 'Whether the total or a bucket is above its limit. Unknown without a credit line.',
  },
  'exposure.usedShare': {
    type: 'number',
    places: anywhere,
    optional: true,
    description: 'Percent of the credit limit that is used, rounded down. Unknown without a limit.',
  },
} as const satisfies Readonly<Record<string, Fact>>;

/** Name of a built-in fact. */
export type FactName = keyof typeof factCatalogue;

/** Name of a fact from the host's own fields. */
export type AttributeFactName = `account.attributes.${string}` | `item.attributes.${string}`;

/** Name of a score of the host's own. */
export type ScoreFactName = `account.scores.${string}`;

const openFacts: readonly (readonly [prefix: string, fact: Fact])[] = [
  [
    'account.scores.',
    {
      type: 'number',
      places: anywhere,
      optional: true,
      description: "The host's own score of the account. Unknown where the account does not carry it.",
    },
  ],
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
  for (const [prefix, fact] of openFacts) {
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
