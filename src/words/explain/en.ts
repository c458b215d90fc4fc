import type { ExplainWords } from './words.js';

const now = (found: string | undefined): string => (found === undefined ? '' : ` (now ${found})`);

export const en: ExplainWords = {
  title: (account, day, zone) => `${account}, ${day} (${zone})`,
  segment: (name) => `segment: ${name}`,
  owesNothing: 'owes nothing that is known',
  settled: (count, one) => `${count} ${one ? 'item' : 'items'} settled`,
  nextLook: (when, stages) => `next look: ${when}${stages === undefined ? '' : ` → ${stages}`}`,
  open: (amount) => `${amount} open`,
  mayBeChased: (amount) => `of which ${amount} may be chased`,
  nothingChased: 'none of which may be chased',
  due: (day, days, when) =>
    when === 'today' ? `due today (${day})` : `due ${day} (${when === 'ago' ? `${days} ago` : `in ${days}`})`,
  noDue: 'no due date',
  guards: {
    owed: 'nothing to chase',
    account: 'account',
    policy: 'policy',
    not_blocked: 'held back',
    not_under_way: 'under way',
    date: 'date',
    condition: 'condition',
    order: 'order of the stages',
    recipient: 'recipient',
    contact_rules: 'contact rules',
  },
  acts: (stage, to, channel) => {
    const place = `${to === undefined ? '' : ` to ${to}`}${channel === undefined ? '' : ` by ${channel}`}`;
    return `Acts now${stage === undefined ? '' : `: ${stage}`}${place}.`;
  },
  chosen: {
    invoice: () => 'the invoices name this contact',
    fallback: (role) => `nobody with the role ${role} can be reached`,
    preference: () => 'the contact prefers this channel',
    lastWorked: () => 'the contact was reached on this channel last',
  },
  passed: (places) => `not possible: ${places}`,
  done: (why) => `Nothing to chase: ${why}.`,
  notYet: (stage, day) => `Nothing is due yet; ${stage} comes on ${day}.`,
  stopped: (guard, why) => `Nothing goes out now (${guard}): ${why}.`,
  waits: (stage) => `${stage} waits`,
  until: (when) => `until ${when}`,
  again: (when) => `It is looked at again on ${when}`,
  block: (name, reason, amount) =>
    [name, reason && `(${reason})`, amount && `over ${amount}`]
      .filter((part) => part !== undefined)
      .join(' '),
  wouldOne: 'What would change it:',
  wouldAny: 'What would change it, any of these:',
  all: (parts) => parts.join(' and '),
  more: (count) => `… and ${count} more`,
  group: (carrier) => `Climbs together with others; ${carrier} carries the group.`,
  policy: (name, by) => `${name} (by ${by})`,
  assignedBy: {
    person: 'a person',
    invoice: 'the invoice',
    account: 'the account',
    branch: 'the branch',
    entity: 'the legal entity',
    area: 'the dunning area',
    experiment: 'an experiment',
    segment: 'the segment',
    everybody: 'the plan, for everybody',
    default: "the plan's default",
    none: 'nothing',
  },
  change: {
    wait: (when) => `wait until ${when}`,
    found: (condition, found) => `${condition} (now ${found})`,
    notKnown: 'not known',
    not: (condition) => `not: ${condition}`,
    owed: (amount) => `another ${amount} owed on it`,
    chased: (amount) => `another ${amount} that may be chased`,
    block: {
      release: (what) => `release the hold ${what}`,
      settle: (what) => `settle the dispute ${what}`,
      cancel: (what) => `cancel the promise ${what}`,
      book: (what) => `book the payment ${what}, or say that it will not come`,
      handle: (what) => `answer the debtor's reply ${what}`,
      end: (what) => `end the payment plan ${what}`,
      refresh: (what) => `bring the source ${what} up to date`,
      apply: (what) => `allocate the money received ${what} to invoices`,
    },
    lasts: (day) => `lasts until ${day}`,
    person: (owner) => `release the conversation that ${owner} leads`,
    takeBack: (to) => `take it back from ${to}`,
    account: (account) => `sync the account ${account} itself`,
    status: (wanted, found) => `${wanted === undefined ? 'another status' : `status ${wanted}`}${now(found)}`,
    type: (wanted, found) =>
      `${wanted === undefined ? 'another document type' : `document type ${wanted}`}${now(found)}`,
    dueDate: 'give it a due date',
    assignment: (policy) =>
      policy === undefined
        ? 'assign a policy that is active'
        : `assign another policy than ${policy}, or make it active`,
    act: {
      proposed: (stage) => `approve, confirm or discard the proposal of ${stage}`,
      planned: (stage) => `wait until the message of ${stage} has gone out`,
      unknown: (stage) => `say whether the message of ${stage} went out`,
    },
    byHand: (stage, channel) => `make the ${channel} of ${stage} and tell what came of it`,
    stage: {
      done: (stage) => `first ${stage} is done`,
      proposed: (stage) => `first ${stage} is proposed`,
      delivered: (stage) => `first the message of ${stage} is delivered`,
    },
    ask: (stage) => `ask for ${stage} by hand`,
    run: 'ask for a run',
    cap: (of, id, found, wanted) => `raise the level cap of the ${of} ${id} to ${wanted}${now(found)}`,
    threshold: (currency) => `give an amount in ${currency}, or say what holds where there is none`,
    rate: (from, to) => `give the plan an exchange rate from ${from} to ${to}`,
    consent: {
      none: (contact, channel) => `record that ${contact ?? 'the contact'} consents to ${channel}`,
      withdrawn: (contact, channel) =>
        `obtain new consent of ${contact ?? 'the contact'} to ${channel} (withdrawn)`,
    },
    address: {
      missing: (contact, channel) =>
        contact === undefined
          ? `add a contact for ${channel}`
          : `add an address of ${contact} for ${channel}`,
      unusable: (contact, channel) =>
        `correct the address of ${contact ?? 'the contact'} for ${channel}, which was refused`,
      resting: (contact, channel, when) =>
        `wait until ${when}, when the address of ${contact ?? 'the contact'} for ${channel} is tried again, or for a sign of life from it`,
      tried: (contact, channel) =>
        `another address of ${contact ?? 'the contact'} for ${channel}; this one was tried`,
    },
    channel: (channel) => `set up ${channel}`,
    text: (message, channel) => `write a text of ${message} for ${channel}`,
    contact: (when, why) =>
      when === undefined ? `change the contact rules (${why})` : `wait until ${when} (${why})`,
  },
};
