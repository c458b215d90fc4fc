import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { lintRules } from '../../src/lint/index.js';
import { presets } from '../../src/policy/presets/index.js';
import { call, inFolder } from './console.js';

const sixStages = fileURLToPath(new URL('../../examples/policies/six-stages.json', import.meta.url));
const good = presets.balanced({ zone: 'America/Bogota', language: 'es' });

describe('recobro lint', () => {
  it('finds nothing in a preset, as JSON, as YAML, and in its parts', async () => {
    await inFolder(async (folder) => {
      const files = Object.entries({
        'all.json': JSON.stringify(good),
        'all.yaml': stringify(good),
        'plan.yaml': stringify(good.plan),
        'policy.yaml': stringify(good.policies[0]),
        'messages.json': JSON.stringify(good.messages),
      }).map(([name, text]) => {
        writeFileSync(join(folder, name), text);
        return join(folder, name);
      });
      const { code, out } = await call('lint', ...files, '--strict');
      expect([code, out]).toEqual([0, '5 files: nothing found\n']);
    });
  });

  it('tells findings with file, line, path and what to do; warnings fail only with --strict', async () => {
    const { code, out } = await call('lint', sixStages);
    expect(code).toBe(0);
    const lines = readFileSync(sixStages, 'utf8').split('\n');
    const via = lines.findIndex((line) => line.includes('"via"')) + 1;
    expect(out).toContain(`${sixStages}:${via} warning policies[0].via: `);
    expect((await call('lint', sixStages, '--strict')).code).toBe(1);
    const json = await call('lint', sixStages, '--json');
    const { findings, errors, warnings } = JSON.parse(json.out) as {
      findings: { id: string; line: number; fix: string }[];
      errors: number;
      warnings: number;
    };
    expect(errors).toBe(0);
    expect(findings.length).toBe(warnings);
    expect(findings).toContainEqual(
      expect.objectContaining({ id: 'single-channel', line: via, file: sixStages }),
    );
  });

  it('tells what the schema refuses by line, and fails', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'plan.yaml');
      writeFileSync(file, 'id: x\nversion: 1\nzone: America/Bogotá\nlanguage: es\ndefalt: x\n');
      const { code, out } = await call('lint', file);
      expect(code).toBe(1);
      expect(out).toMatch(/plan\.yaml:3 error zone: .*\(unknown_zone\)/);
      expect(out).toMatch(/plan\.yaml:5 error defalt: .*did you mean "default"\?/);
      expect(out).toMatch(/1 file: 2 errors/);
    });
  });

  it('looks at SMS, countries and WhatsApp templates as it is told', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'all.json');
      writeFileSync(file, JSON.stringify(good));
      const found = async (...options: string[]): Promise<string[]> => {
        const { out } = await call('lint', file, '--json', ...options);
        const { findings } = JSON.parse(out) as { findings: { id: string; path: string }[] };
        return [...new Set(findings.map(({ id, path }) => `${id} ${path.split('.').slice(0, 2).join('.')}`))];
      };
      const sms = ['--sms-countries', 'mx, es', '--sms-sender', 'Acme'];
      expect(await found('--sms-countries', 'CO')).toEqual([]);
      expect(await found(...sms)).toContain('sms-sender sms.countries[1]');
      expect(await found(...sms, '--sms-registered', 'ES')).not.toContain('sms-sender sms.countries[1]');
      expect(await found('--max-segments', '1')).toContainEqual(expect.stringContaining('too-long'));
      expect(await found('--longest-link', '900')).toContainEqual(expect.stringContaining('too-long'));
      const templates = join(folder, 'templates.yaml');
      writeFileSync(templates, 'firm:\n  es: { name: firm, language: es, parameters: [nobody] }\n');
      const told = await found('--templates', templates);
      expect(told).toContain('wrong-parameter templates.firm');
      expect(told).toContain('unmapped-template templates.reminder');
    });
  });

  it.each([
    [['--sms-countries', 'Mexico'], 'takes codes of countries such as MX,ES, not "MEXICO"'],
    [['--sms-sender', 'Acme'], 'need --sms-countries'],
    [['--max-segments', '0'], 'takes a whole number from 1'],
    [['--longest-link', 'long'], 'takes a whole number from 1'],
  ])('refuses %j', async (options, message) => {
    const { code, err } = await call('lint', sixStages, ...options);
    expect([code, err]).toEqual([2, expect.stringContaining(message)]);
  });

  it('refuses a file of templates that are none, by entry', async () => {
    await inFolder(async (folder) => {
      const templates = join(folder, 'templates.json');
      writeFileSync(templates, JSON.stringify({ firm: { es: { name: 'Firm!', buttons: [{ type: 'x' }] } } }));
      const { code, err } = await call('lint', sixStages, '--templates', templates);
      expect(code).not.toBe(0);
      expect(err).toMatch(/templates\.firm\.es/);
    });
  });

  it.each([
    ['a.yaml', 'a: [1,\nb: 2\n', 2],
    ['a.yaml', 'a: 1\na: 2\n', 2],
    ['a.json', '{\n  "a": 1,\n}\n', 3],
    ['a.json', '{\n  "a": \'b\'\n}\n', 2],
    ['a.yaml', 'a: 1\n--- \nb: 2\n', 2],
  ])('tells the line of what is no %s: %j', async (name, text, line) => {
    await inFolder(async (folder) => {
      const file = join(folder, name);
      writeFileSync(file, text);
      const { code, out } = await call('lint', file);
      expect(code).toBe(1);
      expect(out).toContain(`${file}:${line} error `);
    });
  });

  it('is not drowned by aliases that grow', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'laughs.yaml');
      const rows = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
      for (let i = 1; i < 12; i++) rows.push(`a${i}: &a${i} [${`*a${i - 1}, `.repeat(9)}]`);
      writeFileSync(file, rows.join('\n'));
      const { code, out } = await call('lint', file);
      expect(code).toBe(1);
      expect(out).toContain('cannot be used');
    });
  });

  it('ends with code 3 when a file cannot be opened', async () => {
    const { code, out, err } = await call('lint', 'no/such.yaml');
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain('no/such.yaml cannot be read');
  });

  it('lists its rules, with why they matter and what to do', async () => {
    const { code, out } = await call('lint', '--rules', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      rules: lintRules.map(({ id, severity, description, explanation, fix }) => ({
        id,
        severity,
        description,
        explanation,
        fix,
      })),
    });
    const text = (await call('lint', '--rules')).out;
    expect(text.split('\n\n')).toHaveLength(lintRules.length);
    expect(text).toMatch(/^single-touch \(warning\)\n {4}A policy writes .*\n {4}Most late .*\n {4}→ Add /);
  });

  it('leaves rules out, and takes other severities', async () => {
    const found = async (...args: string[]) => {
      const { code, out } = await call('lint', sixStages, '--json', ...args);
      const { findings } = JSON.parse(out) as { findings: { id: string; severity: string }[] };
      return { code, channel: findings.find((one) => one.id === 'single-channel')?.severity };
    };
    expect(await found()).toEqual({ code: 0, channel: 'warning' });
    expect(await found('--off', 'single-channel')).toEqual({ code: 0, channel: undefined });
    expect(await found('--severity', 'single-channel=error')).toEqual({ code: 1, channel: 'error' });
    expect(await found('--severity', 'single-channel=info, too-long=off')).toEqual({
      code: 0,
      channel: 'info',
    });
    expect(await found('--channels', 'email,sms')).toEqual({ code: 0, channel: 'warning' });
  });

  it.each([
    [['--off', 'single-chanel'], 'there is no rule "single-chanel"; did you mean "single-channel"?'],
    [['--severity', 'single-channel=fatal'], '--severity takes RULE=LEVEL'],
    [['--severity', 'single-channel'], '--severity takes RULE=LEVEL'],
    [['--json', '--format', 'sarif'], '--json and --format say different things'],
    [['--format', 'xml'], '--format is one of text, json, sarif, github'],
  ])('refuses %j', async (args, says) => {
    const { code, err } = await call('lint', sixStages, ...args);
    expect(code).toBe(2);
    expect(err).toContain(says);
  });

  it('looks at lengths of SMS as they are sent', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'long.json');
      const [first, ...rest] = good.messages.messages;
      const long = {
        ...first,
        text: {
          ...first?.text,
          es: { ...first?.text.es, sms: `{{invoice.numbers}} ${'largo '.repeat(90)}` },
        },
      };
      writeFileSync(
        file,
        JSON.stringify({ ...good, messages: { ...good.messages, messages: [long, ...rest] } }),
      );
      expect((await call('lint', file)).out).toMatch(/text\.es\.sms: has \d+ segments .*\(too-long\)/);
    });
  });

  it('annotates pull requests', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'a,b.yaml');
      const policies = [{ ...good.policies[0], via: [{ channel: 'email' }] }];
      writeFileSync(file, stringify({ ...good, policies }));
      const { code, out } = await call('lint', file, '--format', 'github');
      expect(code).toBe(0);
      const line = readFileSync(file, 'utf8').split('\n').indexOf('    via:') + 1;
      const name = file.replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C');
      expect(out).toBe(
        `::warning file=${name},line=${line},endLine=${line},col=5,endColumn=8,title=recobro single-channel::` +
          'policies[0].via: every message goes by email alone; whoever cannot be reached there hears nothing' +
          '%0Aadd a second channel to via\n',
      );
    });
  });
});
