import { describe, expect, it } from 'vitest';
import { evolveAll, type FileEvent } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import { invoiceOfSubject } from '../../src/ledger/subject.js';
import { aContact, anAccount, fileOf, told } from '../support/build.js';

/** What is left of people once their data were erased: ids, roles and consents, which are needed to keep silent. */

const consents = [{ channel: 'whatsapp', state: 'withdrawn', at: 0 }] as const;
const ana = aContact({ phone: '+525511112222', whatsapp: '+525511112222', prefers: ['whatsapp'] });
const luis = aContact({ id: 'luis', name: 'Luis', role: 'manager', email: 'luis@robles.example' });
const branches = [{ id: 'norte', name: 'Norte', contacts: [aContact({ id: 'eva', name: 'Eva' })] }];
const note = (id: string, text: string): FileEvent => ({
  type: 'note.added',
  note: { id, text, author: 'luis', at: 0, on: '2026-03-01' },
});
const assigned: FileEvent = {
  type: 'account.assigned',
  to: { owner: 'luis', author: 'ana', reason: 'Ana calls me', on: '2026-03-01' },
};
const erased = (own: { contact?: string; notes?: readonly string[] } = {}): FileEvent => ({
  type: 'account.erased',
  author: 'luis',
  on: '2026-03-02',
  ...own,
});

const house = anAccount({ contacts: [ana, luis], branches });
const known = fileOf(told.account(house), note('n1', 'Ana is ill'), note('n2', 'Pays on Fridays'), assigned);
const without = (...events: readonly FileEvent[]): AccountFile => evolveAll(known, events);
const texts = (file: AccountFile) => file.notes?.map(({ id, text }) => `${id} ${text}`);

describe('a contact that is erased', () => {
  it('leaves its id, role and wishes, and nothing else; the others stay as they are', () => {
    const file = without(erased({ contact: 'ana', notes: ['n1'] }));
    expect(file.account).toStrictEqual({
      ...house,
      contacts: [{ id: 'ana', role: 'billing', name: 'erased', prefers: ['whatsapp'], consents: [] }, luis],
    });
    expect(texts(file)).toEqual(['n1 erased', 'n2 Pays on Fridays']);
    expect(file.assigned?.reason).toBe('Ana calls me');
  });

  it('may be one of a branch, and the branch keeps its name', () => {
    const { account } = without(erased({ contact: 'eva' }));
    expect(account).toStrictEqual({
      ...house,
      branches: [
        {
          id: 'norte',
          name: 'Norte',
          contacts: [{ id: 'eva', role: 'billing', name: 'erased', prefers: [], consents: [] }],
        },
      ],
    });
  });

  it('is not taken in again, nor is one that was erased before', () => {
    const file = without(erased({ contact: 'luis' }), erased({ contact: 'ana' }), erased({ contact: 'ana' }));
    expect(file.erased).toEqual({ all: false, contacts: ['ana', 'luis'] });
    const again = evolveAll(file, [told.account(anAccount({ contacts: [{ ...ana, consents }, luis] }))]);
    expect(again.account).toStrictEqual(
      anAccount({
        contacts: [
          { id: 'ana', role: 'billing', name: 'erased', prefers: ['whatsapp'], consents },
          { id: 'luis', role: 'manager', name: 'erased', prefers: [], consents: [] },
        ],
      }),
    );
  });
});

describe('an account that is erased', () => {
  it('leaves no name, address or text of anybody', () => {
    const file = without(erased({ contact: 'ana' }), erased());
    expect(file.erased).toEqual({ all: true, contacts: ['ana'] });
    expect(JSON.stringify(file)).not.toMatch(/Robles"|Ana|Luis|Eva|Norte|@|\+52|Fridays/);
    expect(file.account?.branches?.map(({ id }) => id)).toEqual(['norte']);
    expect(texts(file)).toEqual(['n1 erased', 'n2 erased']);
    expect(file.assigned).toMatchObject({ owner: 'luis', reason: 'erased' });
  });

  it('may have no branches, no notes and nobody who leads it', () => {
    const { account, notes, assigned: to } = evolveAll(fileOf(told.account(anAccount())), [erased()]);
    expect(account).toStrictEqual(
      anAccount({
        name: 'erased',
        contacts: [{ id: 'ana', role: 'billing', name: 'erased', prefers: [], consents: [] }],
      }),
    );
    expect([notes, to]).toEqual([undefined, undefined]);
    expect(evolveAll(fileOf(), [erased()]).account).toBeUndefined();
  });
});

describe('addresses that do not work', () => {
  const health = [
    {
      contact: 'ana',
      channel: 'email',
      address: 'a@x.example',
      state: 'bounced' as const,
      reason: 'bounced',
      at: 0,
    },
    {
      contact: 'luis',
      channel: 'email',
      address: 'l@x.example',
      state: 'bounced' as const,
      reason: 'bounced',
      at: 0,
    },
  ];

  it('are forgotten with the contact, or all of them with the account', () => {
    const file = { ...known, health };
    expect(evolveAll(file, [erased({ contact: 'ana' })]).health).toEqual([health[1]]);
    expect(evolveAll(file, [erased()]).health).toEqual([]);
  });
});

it('the invoice of a subject is that of an item or instalment, and none of a group or plan', () => {
  expect(['F1', 'F1~2', '~MXN', '~plan:p1~1'].map(invoiceOfSubject)).toEqual([
    'F1',
    'F1',
    undefined,
    undefined,
  ]);
});
