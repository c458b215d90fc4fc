import { mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { demoFolder, names } from '../../src/cli/demo/folder.js';

/** Folders of these tests stay where they were made, under the system's own for such things. */
const made = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'recobro-demo-folder-')));

const refusal = (given: string): string => {
  try {
    demoFolder(given);
  } catch (error) {
    return error instanceof Error ? error.message : 'no error';
  }
  return 'taken';
};

describe('the folder of the demo', () => {
  it('is none that nobody means to hand over', () => {
    expect(refusal('')).toContain('empty');
    expect(refusal('  ')).toContain('empty');
    expect(refusal('/')).toContain('root');
    expect(refusal('.')).toContain('the folder you are in');
    expect(refusal('..')).not.toBe('taken');
    expect(refusal(dirname(process.cwd()))).not.toBe('taken');
    expect(refusal(homedir())).toContain('home');
    expect(refusal(dirname(homedir()))).not.toBe('taken');
  });

  it('is none that a link makes of one of these', () => {
    const folder = made();
    symlinkSync(process.cwd(), join(folder, 'link'));
    expect(refusal(join(folder, 'link'))).toContain('the folder you are in');
  });

  it('is none with other files', () => {
    const folder = made();
    writeFileSync(join(folder, 'mine.txt'), 'x');
    expect(refusal(folder)).toContain('other files');
    expect(readdirSync(folder)).toEqual(['mine.txt']);
  });

  it('is none with a marker that is not ours', () => {
    const folder = made();
    writeFileSync(join(folder, names.marker), '{"done":3}');
    expect(refusal(folder)).toContain(names.marker);
  });

  it('is remembered as ours with how far it has come', () => {
    const folder = made();
    expect(demoFolder(folder).progress).toBeUndefined();
    demoFolder(folder).save({ done: 7, tries: 1, running: true, finished: false });
    expect(demoFolder(folder).progress).toEqual({ done: 7, tries: 1, running: true, finished: false });
  });

  it('gives up what the demo made, and nothing else', () => {
    const folder = made();
    const demo = demoFolder(folder);
    demo.write('documents', '{}');
    demo.append('requests', '{}');
    demo.saveMail('2026-01-05 a@b.example 12345678.eml', Buffer.from('x'));
    mkdirSync(join(folder, 'data', 'recobro.lock'), { recursive: true });
    writeFileSync(join(folder, 'data', 'PG_VERSION'), '17');
    writeFileSync(join(folder, 'mine.txt'), 'x');
    writeFileSync(join(folder, 'mails', 'mine.eml'), 'x');
    demo.save({ done: 7, tries: 0, running: false, finished: true });
    demo.clear();
    expect(readdirSync(folder).sort()).toEqual(['mails', 'mine.txt', names.marker].sort());
    expect(readdirSync(join(folder, 'mails'))).toEqual(['mine.eml']);
    expect(demoFolder(folder).progress).toEqual({ done: 0, tries: 0, running: false, finished: false });
  });

  it('leaves a data folder that no store made, and one that is a link', () => {
    const [folder, other] = [made(), made()];
    const demo = demoFolder(folder);
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'data', 'mine.txt'), 'x');
    expect(() => demo.clear()).toThrow('cannot be the demo’s');
    expect(readdirSync(join(folder, 'data'))).toEqual(['mine.txt']);
    const linked = made();
    mkdirSync(join(other, 'recobro.lock'));
    const second = demoFolder(linked);
    symlinkSync(other, join(linked, 'data'));
    second.clear();
    expect(readdirSync(other)).toEqual(['recobro.lock']);
  });
});
