import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { isRecobroError } from '../../src/errors.js';
import { presets } from '../../src/policy/presets/index.js';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'docs/presets');
const scenarios = join(root, 'examples/scenarios/presets');
const names = Object.keys(presets) as (keyof typeof presets)[];
const pageOf = (name: string): string => readFileSync(join(folder, `${name}.md`), 'utf8');
const flat = (text: string): string => text.replace(/\s+/g, ' ');

/** The rows of the table after a note, by column. */
function rows(page: string, note: string): string[][] {
  const [, after = ''] = page.split(`<!-- ${note}: held to the preset by a test -->\n\n`);
  const [table = ''] = after.split('\n\n');
  const [, , ...body] = table.split('\n').filter((line) => line.startsWith('|'));
  return body.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** Names of the options that only this preset has, as its refusals tell them. */
function ownOptions(name: keyof typeof presets): string[] {
  try {
    Reflect.apply(presets[name], presets, [{ zone: 'UTC', 'no such option': 1 }]);
  } catch (error) {
    if (!isRecobroError(error, 'invalid_option')) throw error;
    const [, list = ''] = /there are (.*)$/.exec(error.problems[0]?.message ?? '') ?? [];
    return list.split(', ').slice(5);
  }
  throw new Error('an unknown option is refused');
}

it('there is a page and a file of scenarios for every preset, and no other', () => {
  const pages = [...names, 'README'].map((name) => `${name}.md`).sort();
  expect(readdirSync(folder).sort()).toEqual(pages);
  expect(readdirSync(scenarios).sort()).toEqual(names.map((name) => `${name}.yaml`).sort());
  for (const name of names) expect(pageOf('README')).toContain(`[\`${name}\`](${name}.md)`);
});

describe.each(names)('docs/presets/%s.md', (name) => {
  const page = pageOf(name);
  const [policy] = presets[name]({ zone: 'UTC' }).policies;

  it('draws the stages there are, with their tones and messages', () => {
    const drawn = rows(page, 'timeline').map(([stage, , tone, does = '']) => [
      stage?.replaceAll('`', ''),
      tone,
      [...does.matchAll(/`([^`]+)`/g)].map((match) => match[1]),
    ]);
    const made = policy?.stages.map((stage) => [
      stage.id,
      stage.tone,
      stage.do.flatMap((action) =>
        'send' in action
          ? action.send
          : 'effect' in action
            ? action.effect
            : 'task' in action
              ? action.task
              : [],
      ),
    ]);
    expect(drawn).toEqual(made);
  });

  it('lists the options there are', () => {
    const listed = rows(page, 'options').map(([option]) => option?.replaceAll('`', ''));
    expect(listed).toEqual(ownOptions(name));
    if (listed.length === 0) expect(page).toContain('Only [those that all presets have]');
  });

  it('says what it reproduces, from where, and where it differs and why', () => {
    for (const heading of ['## What it reproduces', '## Where it differs', '## Options'])
      expect(page).toContain(`\n${heading}\n`);
    const { source } = parse(readFileSync(join(scenarios, `${name}.yaml`), 'utf8'));
    const sources = [source].flat().map((one: string) => one.split(' ')[0] ?? '');
    expect(sources.length).toBeGreaterThan(0);
    for (const url of sources) {
      expect(url).toMatch(/^https:\/\//);
      expect(flat(page)).toContain(url);
    }
    expect(page).toContain(`../../examples/scenarios/presets/${name}.yaml`);
  });

  it('links to files that are there', () => {
    for (const [, target = ''] of page.matchAll(/\]\((?!https?:)([^)#]+)/g))
      expect(existsSync(join(folder, target)), target).toBe(true);
  });
});
