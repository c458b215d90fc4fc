import { termsProblems } from '../../charges/index.js';
import type { Cursor } from '../cursor.js';
import { terms as termsShape } from '../shapes/fees.js';
import { checkAdjustments } from './adjustments.js';
import { checkAssignments, checkExperiments } from './assignments.js';
import { checkCondition } from './condition.js';
import { checkContact } from './contact.js';
import { checkDeclarations } from './names.js';
import {
  checkCurrency,
  checkDate,
  checkDuration,
  checkLanguage,
  checkPercent,
  checkThreshold,
  checkUnique,
  checkZone,
} from './scalars.js';

/** What the shape of a plan cannot say. */
export function checkPlan(plan: Cursor): void {
  checkZone(plan.at('zone'));
  checkLanguage(plan.at('language'));
  const segments = plan.at('segments');
  checkUnique(segments, 'id', (segment) => segment.at('id'));
  for (const segment of segments.items()) checkCondition(segment.at('when'), 'segment');
  checkAssignments(plan);
  checkExperiments(plan);
  checkDeclarations(plan);
  checkAdjustments(plan);
  checkContact(plan.at('contact'));
  checkUnique(plan.at('calendar').at('weekend'), 'entry', (day) => day);
  for (const date of plan.at('calendar').at('holidays').items()) checkDate(date);
  if (plan.at('tolerance').exists) checkThreshold(plan.at('tolerance'));
  checkRates(plan);
  checkBlocks(plan.at('blocks'));
  for (const [, source] of plan.at('sources').entries()) checkDuration(source.at('maxAge'));
  for (const key of ['margin', 'returned']) checkDuration(plan.at('credit').at(key));
  checkCurrency(plan.at('currency'));
  checkTerms(plan.at('terms'));
}

function checkRates(plan: Cursor): void {
  const rates = plan.at('rates');
  const converts = plan.at('otherCurrency').text() === 'convert';
  if (converts && rates.items().length === 0) {
    plan
      .at('otherCurrency')
      .report(
        'missing',
        "to convert, rates are needed, such as rates: [{ from: 'USD', to: 'MXN', rate: '17.25', on: '2026-01-02' }]",
      );
  }
  if (!converts && rates.exists)
    rates.report(
      'unused_setting',
      'rates are used with otherCurrency: "convert" only; write that, or leave them out',
    );
  const first = new Map<string, string>();
  for (const one of rates.items()) {
    const [from, to, rate, on] = [one.at('from'), one.at('to'), one.at('rate'), one.at('on')];
    checkCurrency(from);
    checkCurrency(to);
    checkDate(on);
    if (/^[0.]+$/.test(rate.text() ?? '')) rate.report('too_small', 'a rate lies above zero');
    if (from.text() !== undefined && from.text() === to.text())
      to.report('unused_setting', 'a currency needs no rate to itself; leave this out');
    const key = JSON.stringify([from.text(), to.text(), on.text()]);
    const before = first.get(key);
    if (before === undefined) first.set(key, one.path);
    else
      one.report(
        'duplicate_entry',
        `${before} has a rate for the same currencies and day; keep one of the two`,
      );
  }
}

function checkBlocks(blocks: Cursor): void {
  for (const key of ['unbooked', 'reply']) {
    if (blocks.at(key).text() !== 'continue') checkDuration(blocks.at(key));
  }
  const promise = blocks.at('promise');
  checkDuration(promise.at('grace'));
  checkDuration(promise.at('within'));
  checkPercent(promise.at('tolerance'));
}

function checkTerms(at: Cursor): void {
  const { data: terms } = termsShape.safeParse(at.value);
  if (terms === undefined) return;
  at.adopt(termsProblems(terms, at.path));
  const none = (value: unknown): boolean => value === undefined || value === false;
  if (none(terms.fees) && none(terms.interest))
    at.report(
      'missing',
      "these terms allow nothing; say what was agreed, such as fees: { EUR: '25.00' } or interest: '12'",
    );
}
