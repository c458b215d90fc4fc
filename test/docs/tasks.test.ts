import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { MailTransport } from '../../src/channels/email/index.js';
import type { Dunning } from '../../src/dunning/index.js';
import { lint } from '../../src/lint/index.js';
import type { Messages, Policy } from '../../src/policy/types.js';
import { all } from '../support/world.js';

interface Page {
  readonly policy: Policy;
  readonly messages: Messages;
  wire(transport: MailTransport): Dunning;
}

// Inside the project, so that packages are found; removed afterwards.
const work = mkdtempSync(join(import.meta.dirname, 'run-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));

const at = (day: string) => Date.parse(`2026-03-${day}T10:00:00-06:00`);

it('the documents of docs/tasks.md go from a mail that bounces to a call and a letter', async () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../docs/tasks.md'), 'utf8');
  writeFileSync(join(work, 'page.ts'), /```ts\n([\s\S]*?)```/.exec(text)?.[1] ?? '');
  const page = (await import(join(work, 'page.ts'))) as Page;
  const { policy, messages } = page;
  const plan = { id: 'plan', version: 1, zone: 'America/Mexico_City', default: 'ladder' };
  const found = lint({ plan, policies: [policy], messages }).map(({ id }) => id);
  expect(found.filter((id) => /^(?:missing-|waits-for)/.test(id))).toEqual([]);

  const gone = Object.assign(new Error('no such mailbox'), { code: 'EENVELOPE', responseCode: 550 });
  const dunning = page.wire({ sendMail: () => Promise.reject(gone) });
  const postal = 'Calle Sur 12\n04000 Ciudad de México';
  const contacts = [{ name: 'Inés', email: 'ines@robles.example', phone: '+525512345678', postal }];
  await dunning.sync({
    accounts: [{ id: 'robles', name: 'Robles', owner: 'luis', contacts }],
    invoices: [
      {
        id: 'F-1',
        account: 'robles',
        issued: '2026-01-10',
        due: '2026-02-16',
        total: { amount: '100.00', currency: 'MXN' },
      },
    ],
  });
  const waiting = async (day: string) => {
    for (let times = 0; times < 2; times++) await dunning.tick({ now: at(day) });
    const [open] = await all(dunning.acts({ states: ['open'] }));
    return dunning.draft(open?.act.id ?? '', { at: at(day) });
  };
  const call = await waiting('03');
  expect([call.channel, call.owner, call.deadline]).toEqual(['call', 'luis', '2026-03-05']);
  expect(call.message.content.text).toContain('- F-1, due Feb 16, 2026: MX$100.00 (15 days)');
  // Nobody had the time.
  const letter = await waiting('05');
  expect([letter.channel, letter.message.to]).toEqual(['letter', postal]);
  await dunning.close();
});
