import { type Explanation, explain, type ItemExplanation, settle } from '../engine/index.js';
import { RecobroError } from '../errors.js';
import type { AccountFile } from '../ledger/file.js';
import { formatAmount } from '../money/index.js';
import { decodeFile } from './codec.js';
import type { Context } from './context.js';
import { itemSentence, localTime, numberOfItem, sentenceOf } from './sentences.js';

/** Why and why not, as data and as text. */
export interface AccountExplanation extends Explanation {
  readonly text: string;
}

/**
 * Explains an account at an instant, as it stands in the store.
 *
 * @throws RecobroError `unknown_id` for an account that was never synced
 */
export async function explainAccount(
  context: Context,
  account: string,
  at: number,
): Promise<AccountExplanation> {
  const file = await loadFile(context, account);
  return explained(context, file, at);
}

/** Loads the file of an account. */
export async function loadFile(context: Context, account: string): Promise<AccountFile> {
  const [stored] = await context.store.load(context.tenant, [account]);
  if (stored === undefined) {
    throw new RecobroError('unknown_id', `there is no account ${JSON.stringify(account)}; sync it first`);
  }
  return decodeFile(stored);
}

function explained(context: Context, file: AccountFile, at: number): AccountExplanation {
  const data = explain(context.engine, file, at);
  const upcoming =
    data.next === undefined || data.acts.length > 0 ? undefined : settle(context.engine, file, data.next);
  return { ...data, text: textOf(data, file.account?.name, upcoming?.acts.map((act) => act.stage) ?? []) };
}

/** An explanation as lines that a person reads. */
export function textOf(data: Explanation, name: string | undefined, nextStages: readonly string[]): string {
  const lines = [`${data.account}${name === undefined ? '' : ` (${name})`} on ${data.day}, ${data.zone}`];
  if (data.segment !== undefined) lines.push(`  segment: ${data.segment}`);
  for (const item of data.items) lines.push(...itemLines(item, data.zone));
  if (data.items.length === 0) lines.push('  owes nothing that is known');
  if (data.next !== undefined) {
    const what = nextStages.length === 0 ? '' : ` → ${[...new Set(nextStages)].join(', ')}`;
    lines.push(`  next look: ${localTime(data.next, data.zone)}${what}`);
  }
  return lines.join('\n');
}

function itemLines(item: ItemExplanation, zone: string): string[] {
  const money = (minor: number): string => `${formatAmount(minor, item.currency)} ${item.currency}`;
  const asked = item.dunnable === item.outstanding ? '' : `, of which ${money(item.dunnable)} may be chased`;
  const due = item.due === undefined ? 'no due date' : `due ${item.due}${age(item.daysPastDue ?? 0)}`;
  const [, instalment] = item.item.split('~');
  const number = numberOfItem({ number: item.number, instalment });
  const lines = [`  ${number}: ${money(item.outstanding)} open${asked}, ${due}`];
  lines.push(`    now: ${itemSentence(item, zone)}`);
  if (item.policy !== undefined) {
    const ladder = item.stages.map(stageText).join(' · ');
    lines.push(`    ${item.policy.id} v${item.policy.version} (by ${item.assignedBy}): ${ladder}`);
  }
  return lines;
}

function age(days: number): string {
  if (days === 0) return ' (today)';
  const count = Math.abs(days) === 1 ? '1 day' : `${Math.abs(days)} days`;
  return days > 0 ? ` (${count} ago)` : ` (in ${count})`;
}

function stageText(stage: ItemExplanation['stages'][number]): string {
  const marks: Readonly<Record<string, string>> = {
    done: '✓',
    skipped: '–',
    failed: '✗',
    unknown: '?',
    planned: '…',
    due: '→',
  };
  const why = stage.reason === undefined || stage.state === 'done' ? '' : ` (${sentenceOf(stage.reason)})`;
  const day = stage.on ?? stage.day;
  return `${marks[stage.state] ?? ''}${stage.stage}${day === undefined ? '' : ` ${day}`}${why}`;
}
