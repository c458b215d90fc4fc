import { describe, expect, it } from 'vitest';
import { compile, decide, type Engine, neutralChannel, shippedChannels } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Account, Contact } from '../../src/ledger/types.js';
import type { Policy } from '../../src/policy/types.js';
import {
  aContact,
  aLadder,
  anAccount,
  anInvoice,
  aPlan,
  aStage,
  engineOf,
  fileOf,
  free,
  instant,
  told,
} from '../support/build.js';

const chain = [{ channel: 'whatsapp' }, { channel: 'sms' }, { channel: 'email' }];
const policy: Policy = aLadder(['1d', '5d'], { via: chain });
const engine = engineOf(policy, aPlan({}, free));
const at = instant('2026-03-02T10:00:00-06:00');
const granted = (channel: string, when = 0) => ({ channel, state: 'granted' as const, at: when });
const withdrawn = (channel: string, when = 0) => ({ channel, state: 'withdrawn' as const, at: when });
const full: Contact = aContact({
  phone: '+525512345678',
  consents: [granted('whatsapp'), granted('sms')],
});

function withContacts(...contacts: readonly Contact[]): AccountFile {
  return fileOf(told.account(anAccount({ contacts })), told.invoice(anInvoice()));
}

/** `contact/channel` of what goes out, or why nothing does. */
function whom(file: AccountFile, with_: Engine = engine, now = at): string {
  const decision = decide(with_, file, now);
  const [act] = decision.acts;
  if (act?.kind === 'message') return `${act.contact}/${act.channel}`;
  const refusals = decision.waiting[0]?.refusals ?? [];
  return refusals.map((one) => `${one.contact}/${one.channel}: ${one.reason}`).join(', ');
}

describe('the channel', () => {
  it('is the first of the chain that has an address and consent', () => {
    expect(whom(withContacts(full))).toBe('ana/whatsapp');
    expect(whom(withContacts({ ...full, consents: [granted('sms')] }))).toBe('ana/sms');
    expect(whom(withContacts(aContact()))).toBe('ana/email');
    expect(whom(withContacts({ ...full, phone: undefined, whatsapp: '+525500000000' }))).toBe('ana/whatsapp');
  });

  it('follows what the contact prefers, among those of the chain that may be used', () => {
    expect(whom(withContacts({ ...full, prefers: ['email', 'sms'] }))).toBe('ana/email');
    expect(whom(withContacts({ ...full, prefers: ['fax', 'sms'] }))).toBe('ana/sms');
    expect(whom(withContacts({ ...full, prefers: ['sms'], consents: [] }))).toBe('ana/email');
    expect(whom(withContacts({ ...full, prefers: ['sms'], consents: [granted('whatsapp')] }))).toBe(
      'ana/whatsapp',
    );
  });

  it('is passed over where the message has no text for it', () => {
    const hasText = (_: string, channel: string): boolean => channel !== 'whatsapp';
    const own = compile({ plan: aPlan({}, free), policies: [policy], hasText });
    expect(whom(withContacts(full), own)).toBe('ana/sms');
    expect(whom(withContacts({ ...full, email: undefined, consents: [] }), own)).toBe(
      'ana/whatsapp: no_text, ana/sms: no_consent, ana/email: no_address',
    );
  });

  it('needs consent where the plan says so; without it WhatsApp and SMS do not go, email does', () => {
    const none = { ...full, consents: [] };
    expect(whom(withContacts(none))).toBe('ana/email');
    const rule = (consent: NonNullable<Parameters<typeof aPlan>[1]>['consent']) =>
      whom(withContacts(none), engineOf(policy, aPlan({}, { ...free, consent })));
    expect(rule({ whatsapp: 'contract' })).toBe('ana/whatsapp');
    expect(rule({ email: 'required' })).toBe(
      'ana/whatsapp: no_consent, ana/sms: no_consent, ana/email: no_consent',
    );
  });

  it('is out when consent was withdrawn, whatever the basis; the latest word counts, ties to the withdrawal', () => {
    const contact = (...consents: Contact['consents'][number][]) => withContacts({ ...full, consents });
    expect(whom(contact(granted('whatsapp', 5), withdrawn('whatsapp', 4)))).toBe('ana/whatsapp');
    expect(whom(contact(granted('whatsapp', 4), withdrawn('whatsapp', 5)))).toBe('ana/email');
    expect(whom(contact(withdrawn('whatsapp', 5), granted('whatsapp', 5)))).toBe('ana/email');
    expect(whom(contact(withdrawn('email')))).toBe(
      'ana/whatsapp: no_consent, ana/sms: no_consent, ana/email: consent_withdrawn',
    );
  });
});

describe('the contact', () => {
  const boss = aContact({ id: 'boss', role: 'manager', email: 'boss@robles.example' });
  const desk = aContact({ id: 'desk', role: 'other', email: 'desk@robles.example' });

  it('is the one of the role asked for, else the invoice’s, else the first that can be reached', () => {
    expect(whom(withContacts(boss, aContact()))).toBe('ana/email');
    expect(whom(withContacts(boss, desk))).toBe('boss/email');
    const named = fileOf(
      told.account(anAccount({ contacts: [boss, desk] })),
      told.invoice(anInvoice({ contact: 'desk' })),
    );
    expect(whom(named)).toBe('desk/email');
    const to = engineOf(
      aLadder([], { stages: [aStage('s', '1d', { do: [{ send: 's', to: 'manager' }] })] }),
      aPlan({}, free),
    );
    expect(whom(withContacts(aContact(), boss), to)).toBe('boss/email');
  });

  it('that cannot be reached leaves the place to the next', () => {
    expect(whom(withContacts(aContact({ email: undefined }), boss))).toBe('boss/email');
    expect(whom(withContacts(aContact({ consents: [withdrawn('email')] }), boss))).toBe('boss/email');
  });

  it('of the invoices counts for a message about several only if they agree', () => {
    const about = (...names: readonly (string | undefined)[]): readonly string[] => {
      const file = fileOf(
        told.account(anAccount({ contacts: [boss, desk] })),
        ...names.map((contact, index) => told.invoice(anInvoice({ id: `F${index}`, contact }))),
      );
      return decide(engine, file, at).acts.map((act) => `${act.contact} ${act.covers.length}`);
    };
    expect(about('desk', 'desk')).toEqual(['desk 2']);
    expect(about('desk', 'boss')).toEqual(['boss 2']);
    expect(about('desk', undefined)).toEqual(['boss 2']);
  });

  it('of the invoice counts when each invoice has a message of its own', () => {
    const each = engineOf({ ...policy, message: { by: 'invoice' } }, aPlan({}, free));
    const file = fileOf(
      told.account(anAccount({ contacts: [boss, desk] })),
      told.invoice(anInvoice({ id: 'A', contact: 'desk' })),
      told.invoice(anInvoice({ id: 'B', contact: 'boss' })),
    );
    expect(decide(each, file, at).acts.map((act) => act.contact)).toEqual(['desk', 'boss']);
  });
});

describe('a channel that needs nobody', () => {
  const neutral = (via: readonly string[]): string => {
    const own = compile({
      plan: aPlan({}, free),
      policies: [{ ...policy, via: via.map((channel) => ({ channel })) }],
      channels: [...shippedChannels, neutralChannel],
    });
    return whom(withContacts(), own);
  };

  it('serves an account without contacts; the others do not', () => {
    expect(neutral(['email', 'neutral'])).toBe('undefined/neutral');
    expect(neutral(['email', 'fax'])).toBe('undefined/email: no_address, undefined/fax: unknown_channel');
  });
});

describe('the language', () => {
  it('is the contact’s, else the account’s, else the plan’s', () => {
    const language = (contact: string | undefined, account: string | undefined): string | undefined => {
      const own: Partial<Account> = { language: account, contacts: [aContact({ language: contact })] };
      return decide(engine, fileOf(told.account(anAccount(own)), told.invoice(anInvoice())), at).acts[0]
        ?.language;
    };
    expect([
      language('pt-BR', 'es-MX'),
      language(undefined, 'es-MX'),
      language(undefined, undefined),
    ]).toEqual(['pt-BR', 'es-MX', 'es']);
  });
});
