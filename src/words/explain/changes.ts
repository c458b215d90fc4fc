import type { Found } from '../../engine/condition-report.js';
import type { Change, Way } from '../../engine/explain/types.js';
import { amountText, momentText, thresholdText } from '../amounts.js';
import { conditionText, valueText } from '../conditions.js';
import { receiverText } from '../run/work.js';
import { channelWithin, reasonOf, type Speech } from '../speech.js';
import { explainWordsOf } from './all.js';

/** What changes are told with. */
export interface Telling {
  readonly speech: Speech;
  /** Zone of the instants. */
  readonly zone: string;
  /** A contact's name, or its id quoted. */
  readonly contact: (id: string) => string;
  /** A stage as one quotes it. */
  readonly stage: (id: string) => string;
}

/** One way to another answer: `settle the dispute “D-1” over 500.00 MXN and wait until March 4, 2026`. */
export function wayText(way: Way, telling: Telling): string {
  return explainWordsOf(telling.speech).all(way.map((change) => changeText(change, telling)));
}

function changeText(change: Change, telling: Telling): string {
  const { speech, zone, stage } = telling;
  const words = explainWordsOf(speech);
  const to = words.change;
  const { quote } = speech.words;
  const some = (text: string | undefined): string | undefined =>
    text === undefined ? undefined : quote(text);
  switch (change.kind) {
    case 'date':
      return to.wait(momentText(change.at, zone, speech));
    case 'condition':
      return conditionChange(change, speech);
    case 'amount': {
      const amount = amountText({ minor: change.missing, currency: change.currency }, speech);
      return change.of === 'outstanding' ? to.owed(amount) : to.chased(amount);
    }
    case 'block':
      return blockChange(change, speech);
    case 'person':
      return to.person(change.owner);
    case 'handover':
      return to.takeBack(receiverText(change.to, speech));
    case 'account':
      return to.account(change.account);
    case 'invoice':
      if (change.field === 'due') return to.dueDate;
      return change.field === 'status'
        ? to.status(some(change.wanted), some(change.found))
        : to.type(some(change.wanted), some(change.found));
    case 'assignment':
      return to.assignment(some(change.policy));
    case 'act':
      return change.byHand === undefined
        ? to.act[change.state](stage(change.stage))
        : to.byHand(stage(change.stage), channelWithin(change.byHand, speech));
    case 'stage':
      return to.stage[change.state](stage(change.stage));
    case 'ask':
      return to.ask(stage(change.stage));
    case 'run':
      return to.run;
    case 'cap': {
      const found =
        typeof change.found === 'number' ? speech.format.count(change.found) : quote(change.found);
      return to.cap(change.of, change.id, found, speech.format.count(change.wanted));
    }
    case 'threshold':
      return to.threshold(change.currency);
    case 'rate':
      return to.rate(change.from, speech.format.or(change.to));
    case 'consent':
      return to.consent[change.found](
        change.contact === undefined ? undefined : telling.contact(change.contact),
        channelWithin(change.channel, speech),
      );
    case 'address': {
      const contact = change.contact === undefined ? undefined : telling.contact(change.contact);
      const channel = channelWithin(change.channel, speech);
      return change.found === 'resting'
        ? to.address.resting(contact, channel, momentText(change.at, zone, speech))
        : to.address[change.found](contact, channel);
    }
    case 'channel':
      return to.channel(channelWithin(change.channel, speech));
    case 'text':
      return to.text(quote(change.message), channelWithin(change.channel, speech));
    case 'contact': {
      const when = change.at === undefined ? undefined : momentText(change.at, zone, speech);
      return to.contact(when, reasonOf(change.rule, speech));
    }
  }
}

function conditionChange(change: Extract<Change, { kind: 'condition' }>, speech: Speech): string {
  const to = explainWordsOf(speech).change;
  const wanted = conditionText({ fact: change.fact, [change.op]: change.wanted }, speech);
  const found = change.found === undefined ? to.notKnown : foundText(change.found, speech);
  return to.found(change.not === true ? to.not(wanted) : wanted, found);
}

function foundText(found: Found, speech: Speech): string {
  if (typeof found !== 'object') return valueText(found, speech);
  if (isList(found)) return found.length === 0 ? '–' : speech.format.and([...found]);
  return Object.keys(found).length === 0 ? '0' : thresholdText(found, speech);
}

function isList(found: object): found is readonly string[] {
  return Array.isArray(found);
}

/** Blocks that keep everything back: their amount says nothing more. */
const ofAll: ReadonlySet<string> = new Set(['plan', 'reply', 'source']);

function blockChange(change: Extract<Change, { kind: 'block' }>, speech: Speech): string {
  const words = explainWordsOf(speech);
  const { block, by, id, reason, until } = change;
  const amount = amountText({ minor: change.amount, currency: change.currency }, speech);
  const what = words.block(
    id === undefined ? undefined : speech.words.quote(id),
    // A code such as "hold" behind the word hold says nothing.
    [block, id, ''].includes(reason) ? undefined : reason,
    ofAll.has(block) ? undefined : amount,
  );
  const told = words.change.block[by](what).trim();
  return until === undefined ? told : `${told} (${words.change.lasts(speech.format.longDate(until))})`;
}
