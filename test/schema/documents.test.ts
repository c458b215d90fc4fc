import { describe, expect, it } from 'vitest';
import { parseDocuments, parseMessages, parsePlan, parsePolicy } from '../../src/schema/index.js';
import { broken, plan, stage, text } from './broken.js';
import { brokenRules } from './broken-rules.js';
import { problemsOf, refusal } from './problems.js';
import { changed, validDocuments } from './valid.js';

const documents = validDocuments();

describe('parseDocuments', () => {
  it('takes valid documents and returns a copy', () => {
    const parsed = parseDocuments(documents, { channels: ['whatsapp', 'sms', 'email'] });
    expect(parsed).toEqual(documents);
    expect(parsed.plan).not.toBe(documents.plan);
    expect(parsed.policies[0]?.stages).not.toBe(documents.policies[0]?.stages);
  });

  it('takes members that are undefined for absent', () => {
    const plan = { ...documents.plan, contact: undefined };
    expect(parseDocuments({ ...documents, plan }).plan).not.toHaveProperty('contact');
  });

  it('takes each document alone', () => {
    expect(parsePlan(documents.plan)).toEqual(documents.plan);
    expect(parsePolicy(documents.policies[0])).toEqual(documents.policies[0]);
    expect(parseMessages(documents.messages)).toEqual(documents.messages);
  });

  it('takes several versions of a policy and a policy without stages', () => {
    const older = { ...documents.policies[0], version: 1 };
    expect(parseDocuments({ ...documents, policies: [...documents.policies, older] }).policies).toHaveLength(
      6,
    );
  });

  it.each([...broken, ...brokenRules])('refuses %s', (_, path, to, problems) => {
    const channels = ['whatsapp', 'sms', 'email'];
    expect(problemsOf(() => parseDocuments(changed(documents, path, to), { channels }))).toEqual(problems);
  });

  it('refuses texts that turn the order of reading, wherever they stand, and lets them isolate', () => {
    for (const mark of ['\u202a', '\u202b', '\u202c', '\u202d', '\u202e']) {
      let value: unknown = documents;
      value = changed(value, ['policies', 0, 'name'], `a${mark}b`);
      value = changed(value, text('es', 'email', 'subject'), `${mark}000.1$`);
      const places = ['messages.messages[0].text.es.email.subject', 'policies[0].name'];
      expect(problemsOf(() => parseDocuments(value))).toEqual(places.map((place) => `${place} invalid_text`));
    }
    const own = changed(documents, ['policies', 0, 'name'], '\u2067a\u2069');
    expect(parseDocuments(own)).toEqual(own);
  });

  it('lists every problem of shape and meaning, from top to bottom', () => {
    let value: unknown = documents;
    value = changed(value, plan('zone'), 'Nowhere');
    value = changed(value, plan('segments', 0, 'whn'), {});
    value = changed(value, stage(0, 'at', 'minus'), '7');
    value = changed(value, stage(2, 'do', 0, 'send'), 'gone');
    value = changed(value, text('es', 'email', 'subject'), 'a\nb');
    const error = refusal(() => parseDocuments(value));
    expect(error.code).toBe('invalid_document');
    expect(error.problems.map((one) => one.path)).toEqual([
      'messages.messages[0].text.es.email.subject',
      'plan.segments[0].whn',
      'plan.zone',
      'policies[0].stages[0].at.minus',
      'policies[0].stages[2].do[0].send',
    ]);
    expect(error.message).toContain('the documents: 5 problems');
    expect(error.message).toContain('policies[0].stages[2].do[0].send: there is no message "gone"');
  });

  it('checks templates of a message although another message is broken', () => {
    const value = changed(
      changed(documents, text('es', 'sms', 'one'), '{{nope}} y más'),
      ['messages', 'messages', 2, 'about'],
      'money',
    );
    expect(problemsOf(() => parseMessages((value as typeof documents).messages))).toEqual([
      'messages[0].text.es.sms.one unknown_variable',
      'messages[2].about invalid_value',
    ]);
  });

  it('says what to do', () => {
    const messageOf = (path: (string | number)[], to: unknown) =>
      refusal(() => parseDocuments(changed(documents, path, to))).problems[0]?.message;
    expect(messageOf(plan('defualt'), 1)).toBe('unknown key "defualt"; did you mean "default"?');
    expect(messageOf(plan('x'), 1)).toMatch(/^unknown key "x"; known: id, version, zone/);
    expect(messageOf(stage(0, 'tone'), 'freindly')).toBe(
      'must be "friendly", "firm" or "formal"; did you mean "friendly"?',
    );
    expect(messageOf(stage(1, 'at', 'plus'), '-3d')).toBe(
      'write days, business days, weeks or months, such as 10d, 2bd, 2w or 1mo, without a sign, not "-3d"',
    );
    expect(messageOf(stage(1, 'when', 'fact'), 'item.dunable')).toBe(
      'there is no fact "item.dunable"; did you mean "item.dunnable"?',
    );
    expect(messageOf(plan('tolerance'), { CLP: '1.5' })).toContain("write CLP as '1250'");
    expect(messageOf(plan('version'), null)).toBe('must be a number, not null');
    expect(messageOf(stage(0, 'do', 0), { fe: 'late' })).toBe(
      'unknown key "fe"; write one of send, task, alert, effect, fee, handover, writeOff, close',
    );
    expect(messageOf(stage(0, 'at'), { form: 'due' })).toBe('unknown key "form"; did you mean "from"?');
    expect(messageOf(stage(0, 'at'), 3)).toBe('must be an object, not a number');
    expect(messageOf(['policies', 2, 'unit'], 3)).toBe(
      'must be an object with group, carrier, or "item", not a number',
    );
    expect(messageOf(['policies', 2, 'unit', 'group'], ['colour'])).toBe(
      'must be a field of your own, such as item.attributes.contract, or "account", "entity", "area" or "branch", not "colour"',
    );
    expect(messageOf(['policies', 2, 'stages', 1, 'do', 1, 'interest', 'dayCount'], 366)).toBe(
      'must be 365, 360, "actual" or "30/360", not a number',
    );
    expect(messageOf(plan('blocks', 'reply'), 'contnue')).toBe(
      'write days, such as 3d, or continue, not "contnue"',
    );
  });

  it('names the problems of a document alone without its place among others', () => {
    expect(
      problemsOf(() => parsePolicy(changed(documents.policies[0], ['stages', 1, 'at', 'plus'], 'x'))),
    ).toEqual(['stages[1].at.plus invalid_duration']);
    expect(problemsOf(() => parsePlan(null))).toEqual([' invalid_type']);
    expect(problemsOf(() => parseMessages(undefined))).toEqual([' missing']);
  });
});
