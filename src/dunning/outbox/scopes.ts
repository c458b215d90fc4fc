import type { FailureScope, OutboundMessage } from '../../channels/channel.js';
import type { Act } from '../../engine/index.js';

/** What a failure of a message may concern beyond the message, the widest first. */
export const wideScopes = ['account', 'sender', 'template', 'recipient', 'pair'] as const;
export type WideScope = (typeof wideScopes)[number];

/** Where circuits stand among the values that workers share. */
export const circuitPrefix = 'circuit/';

/** The circuits that a message depends on, by scope. Made of ids; an address enters no key. */
export type ScopeKeys = Readonly<Record<WideScope, string>>;

export function scopeKeysOf(
  act: Pick<Act, 'account' | 'channel' | 'contact' | 'from'>,
  message: Pick<OutboundMessage, 'message' | 'form' | 'language' | 'via'>,
): ScopeKeys {
  const channel = act.channel ?? '-';
  const from = message.via ?? act.from ?? '-';
  const who = [act.account, act.contact ?? '-'];
  return {
    account: keyOf('account', channel),
    sender: keyOf('sender', channel, from),
    template: keyOf('template', channel, message.message, message.form, message.language),
    recipient: keyOf('recipient', channel, ...who),
    pair: keyOf('pair', channel, from, ...who),
  };
}

/** What a key of {@link scopeKeysOf} is about: its scope, and the ids that name it, the channel first. */
export function readKey(
  key: string,
): { readonly scope: WideScope; readonly names: readonly string[] } | undefined {
  if (!key.startsWith(circuitPrefix)) return undefined;
  const [scope, ...names] = key.slice(circuitPrefix.length).split('/');
  const known = wideScopes.find((one) => one === scope);
  return known === undefined ? undefined : { scope: known, names: names.map(decodeURIComponent) };
}

function keyOf(scope: WideScope, ...names: readonly string[]): string {
  return [`${circuitPrefix}${scope}`, ...names.map(encodeURIComponent)].join('/');
}

/** What an answer about one scope shows of another: that what is wider works, for the provider got as far. */
export function isWider(scope: WideScope, than: FailureScope): boolean {
  return than === 'message' || rank(scope) < rank(than);
}

/** Recipient and pair say the same of what is wider than both, and nothing of each other. */
function rank(scope: WideScope): number {
  return scope === 'pair' ? wideScopes.indexOf('recipient') : wideScopes.indexOf(scope);
}
