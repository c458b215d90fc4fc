import type { Act } from '../../engine/index.js';
import { amountText } from '../amounts.js';
import { channelWithin, type Speech, taskName } from '../speech.js';
import { runWordsOf } from './all.js';

/** What somebody has to do about an act that does not go out by itself. */
export function workSentence(act: Act, speech: Speech): string {
  const { kind, mode, name = '', charges = [] } = act;
  const words = runWordsOf(speech);
  const owner = act.owner ?? words.anyOwner;
  switch (kind) {
    case 'message': {
      const until = act.lapses === undefined ? undefined : speech.format.longDate(act.lapses);
      const { channel, deadline = act.lapses } = act;
      if (mode === 'task' && (channel === 'call' || channel === 'letter')) {
        const day = deadline === undefined ? undefined : speech.format.longDate(deadline);
        return words.byHand[channel](act.message ?? '', owner, day);
      }
      const what = messageSentence(act, speech);
      return mode === 'task' ? words.doByHand(what, until) : words.approve(what, until);
    }
    case 'alert':
      return words.alert(name, owner);
    case 'effect':
      return act.effect === 'off' ? words.effectOff(name) : words.effectOn(name);
    case 'fee': {
      const sums = charges.map(({ amount, currency }) => amountText({ minor: amount, currency }, speech));
      return words.fee(name, sums.length === 0 ? undefined : sums.join(' + '));
    }
    case 'handover':
      return words.handover(act.owner ?? receiverText(name === 'legal' ? name : 'agency', speech));
    case 'write-off':
      return words.writeOff(owner);
    case 'task':
      return words.task(name === '' ? words.anyTask : taskName(name, speech), owner);
  }
}

/** `reminder by WhatsApp` */
export function messageSentence(act: Pick<Act, 'message' | 'channel'>, speech: Speech): string {
  const channel = act.channel === undefined ? undefined : channelWithin(act.channel, speech);
  return runWordsOf(speech).messageBy(act.message ?? '', channel);
}

/** Who a debt is handed over to: `the agency`; a name of the host's own as it is. */
export function receiverText(to: string, speech: Speech): string {
  const words = runWordsOf(speech);
  return to === 'agency' || to === 'legal' ? words[to] : to;
}
