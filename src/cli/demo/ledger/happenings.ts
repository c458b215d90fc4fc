import type { LedgerFacts } from '../../../ledger/facts.js';
import { accountInput, customerOf, invoiceWith } from './records.js';

/** Something that people did or said, as it is told to recobro and to the reader. */
export interface Happening {
  readonly on: string;
  /** Of the account's own day. Default `am`. */
  readonly half?: 'am' | 'pm';
  readonly account: string;
  readonly text: string;
  readonly facts: LedgerFacts;
}

const tomas = 'Tomás Echavarri';

const cheque = {
  id: 'P-cheque',
  account: 'igarassol',
  amount: { amount: '11384.20', currency: 'BRL' },
  date: '2026-02-02',
  invoice: 'TO-4183',
} as const;

const transfer = {
  id: 'P-transfer',
  account: 'lenguaraz',
  amount: { amount: '2500000', currency: 'CLP' },
  date: '2026-02-09',
} as const;

const shortDelivery = {
  id: 'D-1',
  account: 'yaruma',
  invoice: 'TO-4149',
  amount: { amount: '6200000', currency: 'COP' },
  reason: 'short_delivery',
  author: 'Claudia Barraza',
  opened: '2026-01-22',
} as const;

const stains = {
  id: 'D-2',
  account: 'barlovia',
  invoice: 'TO-4235',
  amount: { amount: '980', currency: 'EUR' },
  reason: 'quality',
  author: 'Beatriz Olmeda',
  opened: '2026-02-20',
} as const;

const shade = {
  id: 'D-3',
  account: 'kavira',
  invoice: 'TO-4205',
  reason: 'quality',
  author: 'Senthil Muthuvel',
  opened: '2026-02-06',
} as const;

const onTheWay = {
  id: 'H-3',
  account: 'robledal',
  reason: 'proof_of_payment_sent',
  author: tomas,
  from: '2026-02-19',
  until: '2026-03-06',
} as const;

/** In the order of their days. */
export const happenings: readonly Happening[] = [
  {
    on: '2026-01-20',
    account: 'dulcinube',
    text: 'Elías Treviño of Almohadas Dulcinube promises to pay TO-4160 on 30 January. No reminder before that day has passed.',
    facts: {
      promises: [
        {
          id: 'PR-1',
          account: 'dulcinube',
          invoice: 'TO-4160',
          date: '2026-01-30',
          made: '2026-01-20',
          source: 'debtor',
        },
      ],
    },
  },
  {
    on: '2026-01-21',
    account: 'huilonco',
    text: `${tomas} has found out whom to write to at Tapices Huilonco.`,
    facts: {
      accounts: [
        accountInput(customerOf('huilonco'), {
          email: 'tesoreria@huilonco.example',
          phone: '+56000000130',
          consent: {
            whatsapp: { state: 'granted', at: '2026-01-21T09:30:00-03:00', proof: 'signed order form' },
          },
        }),
      ],
    },
  },
  {
    on: '2026-01-22',
    account: 'yaruma',
    text: 'Hotel Portal Yaruma disputes part of TO-4149: two pallets of towels are missing.',
    facts: { disputes: [shortDelivery] },
  },
  {
    on: '2026-01-26',
    account: 'calamar',
    text: 'Toldos Calamar Blanco gives a new address: pagos@calamar.example.',
    facts: { accounts: [accountInput(customerOf('calamar'), { email: 'pagos@calamar.example' })] },
  },
  {
    on: '2026-01-27',
    account: 'korupa',
    text: 'Hernán Suescún of Dotaciones Korupa promises to pay TO-4180 on 6 February. No reminder before that day has passed.',
    facts: {
      promises: [
        {
          id: 'PR-2',
          account: 'korupa',
          invoice: 'TO-4180',
          date: '2026-02-06',
          made: '2026-01-27',
          source: 'debtor',
        },
      ],
    },
  },
  {
    on: '2026-01-29',
    account: 'ixtalma',
    text: 'Hold on TO-4184 of Decoraciones Ixtalma until 6 February: its CFDI must be issued again. No reminder while it lasts.',
    facts: {
      holds: [
        {
          id: 'H-1',
          account: 'ixtalma',
          invoice: 'TO-4184',
          reason: 'document_correction',
          author: tomas,
          from: '2026-01-29',
          until: '2026-02-06',
        },
      ],
    },
  },
  {
    on: '2026-02-02',
    account: 'igarassol',
    text: 'Tecidos Igarassol pays TO-4183 by cheque.',
    facts: { payments: [cheque] },
  },
  {
    on: '2026-02-03',
    account: 'ojashri',
    text: 'Kirit Modhwadia of Ojashri Looms promises half of TO-4187 for 10 February.',
    facts: {
      promises: [
        {
          id: 'PR-3',
          account: 'ojashri',
          invoice: 'TO-4187',
          amount: { amount: '139969', currency: 'INR' },
          date: '2026-02-10',
          made: '2026-02-03',
          source: 'debtor',
        },
      ],
    },
  },
  {
    on: '2026-02-06',
    account: 'kavira',
    text: 'Kavira Garments disputes all of TO-4205: the shade does not match the sample. No reminder while it is disputed.',
    facts: { disputes: [shade] },
  },
  {
    on: '2026-02-09',
    account: 'lenguaraz',
    text: 'Comercial Lenguaraz sends 2,500,000 CLP without a reference. What it covers is not asked for.',
    facts: { payments: [transfer] },
  },
  {
    on: '2026-02-10',
    account: 'pochota',
    text: 'Boutique Pochota asks for no more WhatsApp: consent withdrawn.',
    facts: {
      accounts: [
        accountInput(customerOf('pochota'), {
          consent: {
            whatsapp: { state: 'withdrawn', at: '2026-02-10T09:10:00-06:00', proof: 'phone call' },
          },
        }),
      ],
    },
  },
  {
    on: '2026-02-11',
    account: 'pallavika',
    text: 'Inés Carvajalino reaches Pallavika Retail by phone: Anand Seshagiri promises to pay TO-4114 on 20 February.',
    facts: {
      promises: [
        {
          id: 'PR-4',
          account: 'pallavika',
          invoice: 'TO-4114',
          date: '2026-02-20',
          made: '2026-02-11',
          source: 'agent',
        },
      ],
    },
  },
  {
    on: '2026-02-11',
    account: 'igarassol',
    text: 'The cheque of Tecidos Igarassol bounces: TO-4183 is owed again, with its old due date.',
    facts: { payments: [{ ...cheque, state: 'reversed' }] },
  },
  {
    on: '2026-02-12',
    account: 'yaruma',
    text: 'Hotel Portal Yaruma loses its dispute about TO-4149: the delivery note is signed. It is reminded again.',
    facts: { disputes: [{ ...shortDelivery, state: 'rejected' }] },
  },
  {
    on: '2026-02-13',
    account: 'lenguaraz',
    text: 'The transfer of Comercial Lenguaraz is matched: all of TO-4210, part of TO-4251.',
    facts: {
      payments: [
        {
          ...transfer,
          allocations: [
            { invoice: 'TO-4210', amount: '1134520' },
            { invoice: 'TO-4251', amount: '1365480' },
          ],
        },
      ],
    },
  },
  {
    on: '2026-02-16',
    account: 'kavira',
    text: 'Kavira Garments loses its dispute about TO-4205: it had signed the sample. It is reminded again.',
    facts: { disputes: [{ ...shade, state: 'rejected' }] },
  },
  {
    on: '2026-02-18',
    account: 'ozalbe',
    text: 'Mobiliario Ozalbe sends upholstery back: credit note of 1,350 EUR on TO-4182.',
    facts: {
      credits: [
        {
          id: 'NC-901',
          account: 'ozalbe',
          amount: { amount: '1350', currency: 'EUR' },
          date: '2026-02-18',
          invoice: 'TO-4182',
        },
      ],
    },
  },
  {
    on: '2026-02-19',
    account: 'robledal',
    text: 'Hold on Textiles Robledal: Guadalupe Zenteno says that the transfer left yesterday. No reminder while it lasts.',
    facts: { holds: [onTheWay] },
  },
  {
    on: '2026-02-20',
    account: 'barlovia',
    text: 'Sastrería Barlovia disputes part of TO-4235: three bolts arrived stained.',
    facts: { disputes: [stains] },
  },
  {
    on: '2026-02-24',
    half: 'pm',
    account: 'robledal',
    text: 'The transfer of Textiles Robledal is there, and the hold is released.',
    facts: { holds: [{ ...onTheWay, released: true }] },
  },
  {
    on: '2026-03-02',
    account: 'barlovia',
    text: 'Sastrería Barlovia is right about the stained bolts: a credit note goes to TO-4235.',
    facts: {
      disputes: [{ ...stains, state: 'accepted' }],
      credits: [
        {
          id: 'NC-902',
          account: 'barlovia',
          amount: { amount: '980', currency: 'EUR' },
          date: '2026-03-02',
          invoice: 'TO-4235',
        },
      ],
    },
  },
  {
    on: '2026-03-02',
    account: 'montcendra',
    text: 'Hold on Hilaturas Montcendra until 13 March: prices for the year are being negotiated. No reminder while it lasts.',
    facts: {
      holds: [
        {
          id: 'H-2',
          account: 'montcendra',
          reason: 'negotiation',
          author: 'Inés Carvajalino',
          from: '2026-03-02',
          until: '2026-03-13',
        },
      ],
    },
  },
  {
    on: '2026-03-09',
    account: 'pudelan',
    text: 'TO-4267 of Vestuario Pudelán is void: it had been issued twice. Its reminders end.',
    facts: { invoices: [invoiceWith('TO-4267', 'void')] },
  },
  {
    on: '2026-03-19',
    account: 'nimbo',
    text: 'Cortinas Nimbo sends an order back: credit note for all of TO-4329. Its reminders end.',
    facts: {
      credits: [
        {
          id: 'NC-903',
          account: 'nimbo',
          amount: { amount: '22313.05', currency: 'MXN' },
          date: '2026-03-19',
          invoice: 'TO-4329',
        },
      ],
    },
  },
  {
    on: '2026-03-27',
    account: 'ceibal',
    text: 'Tapizados Ceibal Norte has closed its shop for good: four invoices are written off. Its reminders end.',
    facts: {
      invoices: ['TO-4116', 'TO-4159', 'TO-4212', 'TO-4271'].map((id) => invoiceWith(id, 'written-off')),
    },
  },
];
