import { describe, expect, it } from 'vitest';
import {
  addMonths,
  adjust,
  businessCalendar,
  formatDay,
  parseDay,
  parseDuration,
  shiftDay,
} from '../../src/calendar/index.js';
import { lint } from '../../src/lint/index.js';
import { type Preset, presets } from '../../src/policy/presets/index.js';
import { mainTrigger } from '../../src/policy/triggers.js';
import type { Stage } from '../../src/policy/types.js';
import { parseDocuments } from '../../src/schema/index.js';

const all = Object.entries(presets) as [keyof typeof presets, Preset][];
const classic = all.filter(([name]) => ['exporter', 'preventive', 'balanced'].includes(name));
const zone = 'America/Mexico_City';
const channels = ['whatsapp', 'email', 'sms'];
const calendar = businessCalendar();

const ladder = (preset: Preset) =>
  (preset({ zone }).policies[0]?.stages ?? []).map((stage) => {
    const at = mainTrigger(stage);
    return `${stage.id} ${stage.tone} ${at.from}${at.minus === undefined ? `+${at.plus}` : `-${at.minus}`}`;
  });

/** Day of a stage that counts from the due date. */
function dayOf(stage: Stage, due: number): number | undefined {
  const at = mainTrigger(stage);
  if (at.from !== 'due') return undefined;
  const { plus, minus } = at;
  const offset = parseDuration(plus ?? minus ?? '0d');
  return plus === undefined
    ? shiftDay(due, { ...offset, count: -offset.count }, calendar)
    : shiftDay(due, offset, calendar);
}

describe('cadences', () => {
  it('are those that users know', () => {
    expect(ladder(presets.exporter)).toEqual([
      'reminder friendly due+1d',
      'follow-up friendly due+3d',
      'firm firm due+7d',
      'collection-notice formal due+14d',
      'call formal previous+3bd',
    ]);
    expect(ladder(presets.preventive)).toEqual([
      'upcoming friendly due-7d',
      'due-today friendly due+0d',
      'reminder friendly due+7d',
      'firm firm due+14d',
      'collection-notice formal due+1mo',
      'call formal previous+3bd',
    ]);
    expect(ladder(presets.balanced)).toEqual([
      'upcoming friendly due-7d',
      'due-today friendly due+0d',
      'reminder friendly due+3d',
      'firm firm due+10d',
      'collection-notice formal due+21d',
      'call formal previous+3bd',
    ]);
  });

  it('clamp months: due on 31 January, the last notice of preventive is on 28 February', () => {
    const notice = presets.preventive({ zone }).policies[0]?.stages[4];
    const due = parseDay('2026-01-31');
    expect(notice && formatDay(dayOf(notice, due) ?? 0)).toBe('2026-02-28');
    expect(formatDay(addMonths(due, 1))).toBe('2026-02-28');
  });

  it.each(classic)('%s fits into its own caps and gap on every weekday', (_, preset) => {
    const { plan, policies } = preset({ zone });
    expect(plan.contact?.caps).toEqual([
      { max: 1, per: '1d' },
      { max: 3, per: '7d' },
    ]);
    for (let due = parseDay('2026-01-01'); due < parseDay('2027-03-01'); due++) {
      const planned = (policies[0]?.stages ?? [])
        .filter((stage) => stage.do.some((action) => 'send' in action))
        .map((stage) => dayOf(stage, due) ?? Number.NaN);
      // Contact is on working days only; stages that meet on one day give way to the latest.
      const days = [...new Set(planned.map((day) => adjust(day, 'next', calendar)))];
      expect(days).not.toContain(Number.NaN);
      for (const day of days) {
        expect(days.filter((other) => other > day - 7 && other <= day).length).toBeLessThanOrEqual(3);
      }
    }
  });

  it('says "today" on the due date only', () => {
    for (const preset of [presets.preventive, presets.balanced]) {
      const stage = preset({ zone }).policies[0]?.stages.find(({ id }) => id === 'due-today');
      expect(stage?.when).toEqual({ fact: 'item.daysPastDue', eq: 0 });
    }
  });
});

describe.each(all)('%s', (name, preset) => {
  it('passes the schema, with its own zone and language', () => {
    const documents = preset({ zone, language: 'es', holidays: ['2026-05-01'] });
    expect(parseDocuments(documents, { channels })).toEqual(documents);
    expect(JSON.parse(JSON.stringify(documents))).toEqual(documents);
    expect(documents.plan).toMatchObject({ id: name, zone, language: 'es', default: name });
    expect(documents.plan.calendar).toEqual({ weekend: ['sat', 'sun'], holidays: ['2026-05-01'] });
    expect(preset({ zone }).plan.language).toBe('en');
  });

  it('opens contact on working days from nine to six', () => {
    expect(preset({ zone }).plan.contact?.windows).toEqual([
      { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' },
    ]);
    const gulf = preset({ zone: 'Asia/Riyadh', weekend: ['fri', 'sat'] });
    expect(gulf.plan.contact?.windows?.[0]?.days).toEqual(['mon', 'tue', 'wed', 'thu', 'sun']);
    expect(gulf.plan.calendar?.weekend).toEqual(['fri', 'sat']);
  });

  it('goes from WhatsApp to e-mail to SMS, answers payments, promises, disputes and reports, and ends with a person', () => {
    const policy = preset({ zone }).policies[0];
    expect(policy?.via?.map(({ channel }) => channel)).toEqual(channels);
    expect(policy?.on?.paid).toEqual([{ send: 'thanks' }]);
    expect(policy?.on?.promised).toEqual([{ send: 'promise-noted' }]);
    expect(policy?.on?.disputed).toEqual([{ send: 'dispute-noted' }]);
    expect(policy?.on?.reported).toEqual([{ send: 'payment-noted' }]);
    const last = [...(policy?.stages.at(-1)?.do ?? []), ...(policy?.on?.exhausted ?? [])];
    expect(last.some((action) => 'task' in action)).toBe(true);
  });

  it('holds the messages it sends and no other', () => {
    const { policies, messages } = preset({ zone });
    const sent = (policies[0]?.stages ?? []).flatMap((stage) =>
      stage.do.flatMap((action) => ('send' in action ? [action.send] : [])),
    );
    const ids = messages.messages.map(({ id }) => id);
    expect(ids).toEqual([...new Set(sent), 'thanks', 'promise-noted', 'dispute-noted', 'payment-noted']);
  });

  it('names itself and its stages in the language of the plan, and in English where it speaks none of it', () => {
    const names = (language: string) => {
      const policy = preset({ zone, language }).policies[0];
      return [policy?.name, ...(policy?.stages ?? []).map((stage) => stage.name)];
    };
    const [en, es, pt] = [names('en'), names('es-MX'), names('pt-BR')];
    const ids = [name, ...(preset({ zone }).policies[0]?.stages ?? []).map(({ id }) => id)];
    for (const each of [en, es, pt]) {
      expect(each).toHaveLength(ids.length);
      expect(new Set(each).size).toBe(ids.length);
      for (const one of each) expect(ids).not.toContain(one);
    }
    for (const [index, one] of en.entries()) {
      expect(one).not.toBe(es[index]);
      expect(one).not.toBe(pt[index]);
    }
    expect(names('fr-CA')).toEqual(en);
    expect(names('ES')).toEqual(es);
  });

  it.each(['en', 'es', 'pt'])('has nothing that lint finds, in %s', (language) => {
    const found = lint(preset({ zone, language }), { today: '2026-03-02' });
    expect(found.map(({ id, path, message }) => `${id} ${path}: ${message}`)).toEqual([]);
  });

  it('takes an id, so that two can stand side by side', () => {
    const { plan, policies, messages } = preset({ zone, id: 'mx' });
    expect([plan.id, plan.default, policies[0]?.id, messages.id]).toEqual(['mx', 'mx', 'mx', 'mx']);
  });

  it('gives every caller data of its own', () => {
    const one = preset({ zone });
    expect(preset({ zone })).toEqual(one);
    expect(preset({ zone }).policies).not.toBe(one.policies);
  });
});
