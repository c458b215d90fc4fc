import type { Cursor } from '../cursor.js';
import { most } from '../limits.js';

/** Whether some list is longer than anybody needs; looks at lengths only. */
export function checkSizes(top: Cursor): boolean {
  let found = false;
  const check = (list: Cursor, key: keyof typeof most): void => {
    const length = Array.isArray(list.value) ? list.value.length : 0;
    const limit = most[key];
    if (length <= limit) return;
    found = true;
    list.report('too_large', `at most ${limit} entries are allowed, not ${length}`);
  };
  const plans = [top, top.at('plan')];
  const catalogues = [top, top.at('messages')];
  check(top.at('policies'), 'policies');
  for (const plan of plans) {
    check(plan.at('segments'), 'segments');
    check(plan.at('assign'), 'assign');
    check(plan.at('adjust'), 'assign');
    check(plan.at('rates'), 'rates');
    check(plan.at('calendar').at('holidays'), 'holidays');
  }
  for (const catalogue of catalogues) check(catalogue.at('messages'), 'messages');
  // Only after the number of policies is known to be sane.
  if (!found) for (const policy of [top, ...top.at('policies').items()]) check(policy.at('stages'), 'stages');
  return found;
}
