import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commands, summaries } from '../../src/cli/commands.js';
import { commonOptions } from '../../src/cli/options.js';
import { Progress } from '../../src/cli/progress.js';
import { call, recording } from './console.js';

const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  readonly version: string;
};
const names = Object.keys(commands);

describe('the program', () => {
  it('tells its version', async () => {
    expect(await call('--version')).toEqual({ code: 0, out: `${manifest.version}\n`, err: '' });
  });

  it('lists every command in its help', async () => {
    const { code, out, err } = await call('--help');
    expect([code, err]).toEqual([0, '']);
    expect(summaries.map(([name]) => name).sort()).toEqual([...names].sort());
    for (const [name, summary] of summaries) expect(out).toMatch(new RegExp(`^  ${name} +${summary}$`, 'm'));
  });

  it('called with nothing tells its help and that this was no command', async () => {
    const { code, out, err } = await call();
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('recobro COMMAND');
  });

  it.each(names)('%s --help tells every option and two examples', async (name) => {
    const { code, out, err } = await call(name, '--help');
    expect([code, err]).toEqual([0, '']);
    expect(await call('help', name)).toMatchObject({ code: 0, out });
    const command = await commands[name]?.();
    const options = Object.entries({ ...command?.spec.options, ...commonOptions });
    for (const [option, { hidden }] of options) {
      if (hidden === true) expect(out).not.toContain(`--${option}`);
      else expect(out).toContain(`--${option}`);
    }
    expect(command?.spec.examples).toHaveLength(2);
    for (const example of command?.spec.examples ?? []) {
      expect(out).toContain(example.command);
      expect(example.command).toMatch(new RegExp(`^recobro ${name} `));
    }
  });

  it('suggests the nearest command and the nearest option', async () => {
    const command = await call('simulat');
    expect([command.code, command.out]).toEqual([2, '']);
    expect(command.err).toContain('did you mean simulate?');
    const option = await call('simulate', '--polcy', 'x.json');
    expect([option.code, option.out]).toEqual([2, '']);
    expect(option.err).toContain('there is no option --polcy; did you mean --policy?');
  });

  it.each([
    [['constructor'], 'there is no command "constructor"'],
    [['--ledger', 'x.csv'], 'the command comes first'],
    [['simulate'], '--ledger is needed'],
    [['simulate', '--ledger'], '--ledger needs a value'],
    [['simulate', '--ledger', '--quiet'], '--ledger needs a value'],
    [['simulate', '--ledger', 'a.csv', '--ledger', 'b.csv'], '--ledger is given twice'],
    [['simulate', '--quiet=yes'], '--quiet takes no value'],
    [['simulate', 'ledger.csv'], '"ledger.csv" is not expected here'],
    [['simulate', '--ledger', 'a.csv', '--payments', 'never'], '--payments is one of before, after'],
    [['simulate', '--ledger', 'a.csv', '--from', '2026-02-30'], '--from is a date'],
    [['simulate', '--ledger', 'a.csv', '--zone', 'Mars/Olympus'], 'Mars/Olympus'],
    [['simulate', '--ledger', 'a.csv', '--policy', 'x.json', '--preset', 'balanced'], 'not both'],
    [['explain', '--data', 'x'], 'name one account'],
    [['explain', 'acme'], '--data FOLDER'],
    [['explain', 'acme', '--data', 'x'], '--config FILE'],
    [['explain', 'acme', '--data', 'x', '--ledger', 'y.csv'], 'either --ledger or a store'],
    [['lint'], 'name a file'],
    [['migrate'], 'either --data FOLDER or --url'],
    [['migrate', '--print', '--data', 'x'], '--print opens no database'],
  ])('refuses %j with code 2 and says why', async (argv, message) => {
    const { code, out, err } = await call(...argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err).not.toMatch(/\n +at /);
  });

  it('shows a stack only when asked, and the error as JSON when asked', async () => {
    const { code, out, err } = await call('simulate', '--ledger', 'no/such.csv', '--debug', '--json');
    expect(code).toBe(3);
    expect(err).toContain('no/such.csv cannot be read: there is no such file or folder');
    expect(err).toMatch(/\n +at /);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'invalid_file', problems: [] } });
  });
});

describe('progress', () => {
  const shown = (isTty: boolean, quiet: boolean, times: readonly number[]): string => {
    const { io, written } = recording({ isTty, columns: 24 });
    let now = 1_000_000;
    const progress = new Progress(io, { quiet, clock: { now: () => now } });
    for (const time of times) {
      now = 1_000_000 + time;
      progress.update(() => `at ${time} of a rather long line`);
    }
    progress.done();
    expect(written.out).toBe('');
    return written.err;
  };

  it('writes one line over on a terminal, no wider than it is, and takes it away', () => {
    expect(shown(true, false, [50, 150, 200, 300])).toBe(
      '\r\u001b[2Kat 150 of a rather long\r\u001b[2Kat 300 of a rather long\r\u001b[2K',
    );
  });

  it('writes a plain line every few seconds elsewhere', () => {
    expect(shown(false, false, [150, 4_999, 5_000, 9_000, 10_000])).toBe(
      'at 5000 of a rather long line\nat 10000 of a rather long line\n',
    );
  });

  it('is silent when asked', () => {
    expect(shown(true, true, [9_000])).toBe('');
  });
});
