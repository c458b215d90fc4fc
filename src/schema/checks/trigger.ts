import { canonicalJson } from '../../policy/canonical.js';
import { type Cursor, isRecord } from '../cursor.js';
import { checkDuration } from './scalars.js';

/** What a trigger may count from where it stands; `undefined`: not known here. */
export interface TriggerPlace {
  /** The stage before it in the document; `null` where there is none. */
  readonly before: Cursor | null | undefined;
  /** Whether the policy has days of grace. */
  readonly grace: boolean | undefined;
}

/** One trigger, or several under all or any. */
export function checkStageTrigger(at: Cursor, place: TriggerPlace): void {
  if (at.at('from').exists) checkTrigger(at, place);
  for (const part of ['all', 'any']) {
    const triggers = at.at(part).items();
    for (const trigger of triggers) checkTrigger(trigger, place);
    checkSame(triggers);
  }
}

/** The single triggers of a stage. */
export function triggersAt(stage: Cursor): readonly Cursor[] {
  const at = stage.at('at');
  if (at.at('from').exists) return [at];
  return [...at.at('all').items(), ...at.at('any').items()];
}

function checkTrigger(at: Cursor, { before, grace }: TriggerPlace): void {
  const from = at.at('from');
  const basis = from.text();
  checkDuration(at.at('plus'));
  checkDuration(at.at('minus'));
  if (at.at('plus').exists && at.at('minus').exists) {
    at.report('conflicting_keys', 'write plus for after or minus for before, not both');
  }
  if (basis === 'previous' && before === null) {
    from.report(
      'wrong_basis',
      'the first stage has no stage before it; count from "due", "issue" or "opened"',
    );
  }
  if (basis === 'grace' && grace === false) {
    from.report('wrong_basis', 'the policy has no grace that could end; write grace, or count from "due"');
  }
  if (at.at('minus').exists && (basis === 'previous' || basis === 'opened')) {
    at.at('minus').report(
      'wrong_basis',
      `nothing can act before "${basis}"; write plus, or count from "due"`,
    );
  }
  checkOf(at, basis, before);
}

/** Which day of the stage before is meant. */
function checkOf(at: Cursor, basis: string | undefined, before: Cursor | null | undefined): void {
  const of = at.at('of');
  if (!of.exists) return;
  if (basis !== undefined && basis !== 'previous') {
    of.report(
      'unused_setting',
      `of says which day of the stage before counts; with from: "${basis}" leave it out`,
    );
  } else if (of.text() === 'deadline' && before != null && !before.at('deadline').exists) {
    const name = before.at('id').text();
    of.report(
      'wrong_basis',
      `the stage before${name === undefined ? '' : `, ${JSON.stringify(name)},`} has no deadline; write one there, such as deadline: "10d"`,
    );
  } else if (of.text() === 'delivered' && before != null && !sends(before)) {
    of.report('unused_setting', 'the stage before it sends nothing that could be delivered; leave of out');
  }
}

function sends(stage: Cursor): boolean {
  return stage
    .at('do')
    .items()
    .some((action) => action.at('send').exists);
}

function checkSame(triggers: readonly Cursor[]): void {
  const first = new Map<string, string>();
  for (const trigger of triggers) {
    if (!isRecord(trigger.value)) continue;
    const key = canonicalJson(trigger.value);
    const before = first.get(key);
    if (before === undefined) first.set(key, trigger.path);
    else trigger.report('duplicate_entry', `the same stands at ${before} already`);
  }
}
