import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The house rules about imports, as a test over the source. */

const src = resolve(import.meta.dirname, '../../src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.split(sep).join('/'))
  .sort();

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const statement =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  return [...text.matchAll(statement)].map((match) => {
    const target = match[2] ?? match[3] ?? '';
    const to = target.startsWith('.')
      ? relative(src, resolve(src, dirname(file), target))
          .split(sep)
          .join('/')
      : target;
    return { from: file, to, typeOnly: match[1] !== undefined };
  });
}

const all = files.flatMap(importsOf);
const inner = all.filter((one) => one.to.endsWith('.js') && !one.to.startsWith('node:'));
const outer = all.filter((one) => !inner.includes(one));

/** Folder that a rule speaks of: `channels/email`, `stores/memory`, `engine`, or the file itself at the top. */
function roomOf(path: string): string {
  const [first = '', second = '', third] = path.split('/');
  if ((first === 'channels' || first === 'stores' || first === 'queues') && third !== undefined)
    return `${first}/${second}`;
  return second === '' ? first.replace(/\.(ts|js)$/, '') : first;
}

const base = ['errors', 'clock', 'ids', 'logger'];
const ground = [...base, 'money', 'calendar'];
const facts = [...ground, 'ledger'];
/** What each room may import, besides itself. Arrows point only downwards. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  clock: [],
  ids: [],
  logger: [],
  money: ['errors'],
  notation: ['errors'],
  calendar: ['errors'],
  ledger: ['errors', 'money', 'calendar'],
  replies: ['errors', 'calendar', 'money'],
  policy: facts,
  segments: [...facts, 'policy'],
  contact: [...facts, 'policy'],
  charges: ['errors', 'money', 'calendar', 'ledger', 'policy'],
  messages: [...facts, 'policy'],
  phone: ['ledger', 'contact'],
  schema: [...facts, 'policy', 'charges', 'messages', 'phone'],
  editing: ['errors', 'notation', 'policy', 'schema'],
  lint: [...facts, 'policy', 'contact', 'messages'],
  engine: [...facts, 'policy', 'segments', 'contact', 'charges'],
  words: [...facts, 'policy', 'contact', 'charges', 'messages', 'engine'],
  channels: ['errors', 'contact', 'messages'],
  stores: ['errors'],
  'channels/whatsapp': ['errors', 'channels', 'messages'],
  'channels/sms': ['errors', 'channels', 'messages'],
  'channels/email': ['errors', 'channels', 'messages'],
  'channels/tasks': ['errors', 'channels', 'messages'],
  'channels/undici': ['errors', 'channels'],
  'stores/memory': ['errors', 'stores'],
  'stores/sql': ['errors', 'stores'],
  'stores/postgres': ['errors', 'stores', 'stores/sql'],
  'stores/pglite': ['errors', 'ids', 'stores', 'stores/sql'],
  queues: ['errors', 'clock'],
  'queues/pg-boss': ['errors', 'clock', 'ids', 'queues'],
  dunning: [
    ...facts,
    ...base,
    'policy',
    'segments',
    'contact',
    'messages',
    'schema',
    'engine',
    'replies',
    'words',
    'channels',
    'stores',
    'queues',
  ],
  insight: [
    ...facts,
    'policy',
    'segments',
    'contact',
    'messages',
    'schema',
    'lint',
    'engine',
    'words',
    'dunning',
    'stores',
    'channels/sms',
  ],
  testing: [
    ...facts,
    'notation',
    'policy',
    'contact',
    'messages',
    'schema',
    'lint',
    'engine',
    'channels',
    'stores',
    'stores/memory',
    'queues',
    'dunning',
  ],
};

describe('import arrows', () => {
  it('sees the source', () => {
    expect(files.length).toBeGreaterThan(60);
    expect(inner.length).toBeGreaterThan(150);
  });

  it('every room has a rule', () => {
    const rooms = new Set(files.map(roomOf));
    const free = ['cli', 'index'];
    expect([...rooms].filter((room) => !(room in allowed) && !free.includes(room))).toEqual([]);
  });

  it('imports point only downwards', () => {
    const wrong = inner.filter((one) => {
      const [from, to] = [roomOf(one.from), roomOf(one.to)];
      if (from === to || from === 'cli' || from === 'index') return false;
      return !(allowed[from]?.includes(to) ?? false);
    });
    expect(wrong.map((one) => `${one.from} → ${one.to}`)).toEqual([]);
  });

  it('nothing imports the command line, and only it and the insight import the testing kit', () => {
    const wrong = inner.filter((one) => {
      const to = roomOf(one.to);
      if (roomOf(one.from) === to) return false;
      return to === 'cli' || (to === 'testing' && roomOf(one.from) !== 'cli');
    });
    expect(wrong.map((one) => `${one.from} → ${one.to}`)).toEqual([]);
  });
});

describe('third parties', () => {
  const homes: Readonly<Record<string, string>> = {
    zod: 'schema',
    luxon: 'calendar',
    mustache: 'messages',
    eventemitter3: 'dunning',
    'csv-parse': 'insight',
    yaml: 'notation',
    'libphonenumber-js': 'phone',
    '@electric-sql/pglite': 'stores/pglite',
    nodemailer: 'cli',
    pg: 'cli',
  };
  const nameOf = (target: string): string =>
    target.startsWith('@') ? target.split('/').slice(0, 2).join('/') : (target.split('/')[0] ?? '');

  it('each has one home', () => {
    const wrong = outer
      .filter((one) => !one.to.startsWith('node:'))
      .filter((one) => homes[nameOf(one.to)] !== roomOf(one.from));
    expect(wrong.map((one) => `${one.from} → ${one.to}`)).toEqual([]);
  });

  it('the pure core uses nothing of Node', () => {
    const pure = new Set([
      'money',
      'calendar',
      'ledger',
      'policy',
      'segments',
      'contact',
      'charges',
      'engine',
      'messages',
      'words',
      'errors',
      'logger',
      'schema',
    ]);
    const wrong = outer.filter((one) => one.to.startsWith('node:') && pure.has(roomOf(one.from)));
    expect(wrong.map((one) => `${one.from} → ${one.to}`)).toEqual([]);
  });
});

describe('time and chance', () => {
  const readers =
    /Date\.now\(|new Date\(\)|\bperformance\.now\(|Math\.random\(|randomUUID|randomBytes|getRandomValues|DateTime\.(?:now|local|utc)\(/;

  it('only the clock and the ids read them', () => {
    const code = (file: string): string =>
      readFileSync(join(src, file), 'utf8')
        .replace(/\/\*[\s\S]*?\*\//g, '')
        .replace(/(^|\s)\/\/.*$/gm, '');
    const wrong = files.filter(
      (file) => file !== 'clock.ts' && file !== 'ids.ts' && readers.test(code(file)),
    );
    expect(wrong).toEqual([]);
  });

  it('nobody writes luxon’s process-wide settings', () => {
    const wrong = files.filter(
      (file) =>
        /\bSettings\b/.test(readFileSync(join(src, file), 'utf8')) &&
        /luxon/.test(readFileSync(join(src, file), 'utf8')),
    );
    expect(wrong).toEqual([]);
  });
});
