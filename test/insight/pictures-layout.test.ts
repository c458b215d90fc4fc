import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dark, light } from '../../src/insight/draw/palette.js';
import { type Layout, policyText, policyTimeline } from '../../src/insight/index.js';
import { presets } from '../../src/policy/presets/index.js';
import type { Documents } from '../../src/policy/types.js';
import { parseDocuments } from '../../src/schema/index.js';
import { anyPolicy } from '../support/arbitrary-policies.js';
import { contrast, distance, kindsOfEyes } from './pictures-colour.js';
import { everything } from './pictures-documents.js';
import { type Drawing, holds, overlaps, takeApart } from './pictures-svg.js';

const layouts: readonly Layout[] = ['wide', 'narrow'];
const languages = ['es', 'en', 'pt'] as const;
const named = Object.entries(presets).map(
  ([name, make]) => [name, make({ zone: 'America/Bogota', language: 'es' })] as const,
);
const cases: readonly (readonly [string, Documents])[] = [['everything', everything], ...named];

/** Texts that cover another, leave the picture, or leave the card in which they begin. */
function misplaced({ width, height, texts, cards }: Drawing): string[] {
  const wrong: string[] = [];
  texts.forEach((text, index) => {
    if (text.left < 0 || text.right > width || text.top < 0 || text.bottom > height)
      wrong.push(`outside: ${text.content}`);
    const card = cards.find((one) => holds(one, text.left, text.top + 2));
    if (card !== undefined && (text.right > card.right || text.bottom > card.bottom))
      wrong.push(`leaves its card: ${text.content}`);
    for (const other of texts.slice(index + 1))
      if (overlaps(text, other)) wrong.push(`covered: ${text.content} / ${other.content}`);
  });
  return wrong;
}

it('draws documents that are valid', () => {
  expect(() => parseDocuments(everything)).not.toThrow();
});

describe.each(layouts)('a %s picture', (layout) => {
  it.each(cases)('of %s keeps its texts apart and in their places, in every language', (_, documents) => {
    for (const language of languages) {
      const svg = policyTimeline(documents, { layout, language, theme: 'light' });
      expect(misplaced(takeApart(svg))).toEqual([]);
    }
  });

  it.each(['light', 'dark'] as const)(
    'can be read in %s surroundings: every text is 4.5 to 1 or more',
    (theme) => {
      const { texts } = takeApart(policyTimeline(everything, { layout, theme }));
      expect(texts.length).toBeGreaterThan(150);
      const weak = texts.filter(({ fill, ground }) => contrast(fill, ground) < 4.5);
      expect(weak.map(({ content, fill, ground }) => `${content}: ${fill} on ${ground}`)).toEqual([]);
    },
  );

  it('of any policy is drawn, keeps its texts apart and closes what it opens', () => {
    fc.assert(
      fc.property(anyPolicy('p'), (policy) => {
        const documents = { plan: { id: 'p', version: 1, zone: 'UTC', default: 'p' }, policies: [policy] };
        const svg = policyTimeline(documents, { layout, theme: 'light' });
        expect(misplaced(takeApart(svg))).toEqual([]);
        expect(svg.match(/<[a-z]/g)?.length).toBe(svg.match(/<\//g)?.length);
        expect(svg).not.toMatch(/NaN|undefined|Infinity/);
        expect(policyText(documents)).not.toMatch(/NaN|undefined|Infinity/);
      }),
      { numRuns: 150 },
    );
  });
});

describe('tones', () => {
  it.each([
    ['light', light],
    ['dark', dark],
  ] as const)('stay apart in %s surroundings for eyes of every kind', (_, palette) => {
    const tones = [palette.friendly, palette.firm, palette.formal] as const;
    for (const eyes of kindsOfEyes) {
      for (const [a, b] of [
        [0, 1],
        [0, 2],
        [1, 2],
      ] as const)
        expect(distance(tones[a], tones[b], eyes), `${tones[a]} ${tones[b]} ${eyes}`).toBeGreaterThan(18);
    }
    // Shapes without words are seen at 3 to 1: https://www.w3.org/TR/WCAG22/#non-text-contrast
    for (const tone of tones) expect(contrast(tone, palette.ground)).toBeGreaterThan(3);
  });

  it('differ in shape and are named, so that no colour is needed', () => {
    const svg = policyTimeline(everything, { policy: 'many', theme: 'light' });
    for (const [shape, tone, name] of [
      ['circle', 'friendly', 'amable'],
      ['rect', 'firm', 'firme'],
      ['path', 'formal', 'formal'],
    ]) {
      expect(svg).toMatch(new RegExp(`<${shape} class="rt-f-${tone}"`));
      expect(takeApart(svg).texts.filter(({ content }) => content === name)).toHaveLength(9);
    }
  });
});

describe('what a picture says', () => {
  const says = (policy: string, language: string = 'en'): string => {
    const { texts } = takeApart(policyTimeline(everything, { policy, language, theme: 'light' }));
    return texts.map(({ content }) => content).join(' ');
  };
  const all = says('all');

  it.each([
    // Triggers.
    '+2 days after the invoice',
    'bus. days Recordatorio',
    '5 business days before the due date, moved to the business day before',
    '1 month after the due date, at the end of the month, that day does not count yet',
    'The latest of these dates: 20 days after the due date; 7 days after the stage before is delivered',
    '10 days after the payment deadline of the stage before',
    '+60 days after grace',
    '+90 days after the start',
    // Channels.
    'WhatsApp 24 hours Email 48 hours SMS voz-personalizada-de',
    'To compras, copy to gerencia and ventas, signed by direccion, with the invoice and the statement',
    // Conditions and amounts.
    'Only if amount to chase ≥ 10,000.00 MXN and not in hardship and (percent paid late > 50 or sector = “construcción y obra civil”)',
    'At least 10,000.00 MXN / 2,000,000 COP / 500.00 USD to chase in the account or at least 20% of everything open in the account; otherwise the level below acts',
    // Actions.
    'Fee «recargo»: 150.00 MXN + 2.5 % of the amount to chase + 24% interest a year (at most 5,000.00 MXN)',
    'Fee «tramos»: from 1,000 MXN: 1 % of the amount to chase (once per message)',
    'Fee «interes»: the agreed interest',
    'Internal alert to ventas: cliente-moroso',
    'Switches on: service stopped',
    'Task: send a letter · Cobranza · within 3 business days',
    'Handed over to the collection agency · Recupera S.A.',
    'Proposes to write the debt off; a person decides',
    'Nothing is done at this stage',
    // People and time.
    'Goes out once a person approves it; lapses unapproved after 4 days',
    'A person does it and confirms it',
    'No least distance since the last contact From 11:00 Only for 3 days Also when already past due',
    'Gives 10 days to pay',
    'Level 2',
    // The end.
    'Repeats every 14 days, up to 6 times, counted from the due date',
    '10 days after the last action; the item stays open. At the latest 6 months after the due date.',
    // What happens when.
    'They pay Everything stops at once, and what was about to go out is taken back.',
    'If a part is paid, only the rest is chased. What was switched on is switched off. Thanks Email',
    '2 days more are waited for. It counts as kept if up to 5% is lacking. Acknowledgement WhatsApp',
    'If it is kept Internal alert to ventas: promesa-cumplida',
    'If it is broken The next stage acts at once Task: call · Ana · within 1 business day Switches on: pedidos-bloqueados',
    'The whole item leaves dunning.',
    'The account pauses for 5 days and a person gets the task.',
    'What it names pauses for 5 days while it is checked. Acknowledgement SMS',
    'Nothing more is sent. Handed over to legal · Estudio Quispe',
    'It begins anew at the first stage.',
    // Rules of the policy.
    'for the segment clave; for everyone else (for 20%); only items with document type is one of invoice or debit-note',
    'All invoices of the same account + entity + contrato and currency together; the oldest carries them; when the oldest is paid, it begins anew',
    'One per account + currency; listing everything open; the highest level stands in for the others',
    'At least 2 days between contacts; at most 2 in 7 days; at most 4 per month (WhatsApp)',
    'Mon–Fri 08:00–19:00; Sat 09:00–13:00 (WhatsApp, SMS); from 10:30',
    'If several stages were delayed, each acts, one per review; what is already overdue begins at the stage of its age',
    'The same stage is repeated, after 3 days',
    'with changes of their own for ramos and clave',
    '3 days of grace after the due date; only once the oldest is 10 days late; a stage counts once it is confirmed; a stage that is pushed back does not give way to the next: both act',
  ])('%s', (sentence) => {
    expect(all).toContain(sentence);
  });

  it('of levels that rise and fall, without days', () => {
    const states = says('states');
    for (const sentence of [
      'In the experiment prueba',
      'the level rises and falls with how things are now; a level that is entered again repeats its message',
      'When it holds Level 1 Advertencia friendly',
      'Only if days past due ≥ 3',
      'Switches on: bloqueo, until it is settled Switches on: aviso, while the level lasts',
    ])
      expect(states).toContain(sentence);
    // No stage knows its distance from the due date, so that date has no place; nor is there a last level.
    for (const word of ['Due date', 'End of the ladder', 'exhausted', 'After a pause', 'Delays'])
      expect(states).not.toContain(word);
  });

  it('of runs on request, with what comes before the due date on its day', () => {
    const runs = says('runs');
    expect(runs).toContain('−3 days Level 1 Previo');
    expect(runs).toContain('Due date On request Level 2 Aviso');
    expect(runs).toContain('On request Level 3 Segundo');
    expect(runs).toContain('each run on request advances one stage');
    expect(runs).not.toContain('If several stages were delayed');
  });

  it('of repeats that nobody counts', () => {
    expect(says('many')).toContain('Repeats every 7 days as long as it is open (at most 1,000 times)');
  });

  it('of a policy without stages', () => {
    expect(says('none')).toContain('This policy has no stages: nothing is sent.');
    expect(says('none')).toContain('Not active');
  });

  it('is said in words too, as description and by itself, in every language', () => {
    for (const language of languages) {
      const text = policyText(everything, { policy: 'all', language });
      const svg = policyTimeline(everything, { policy: 'all', language });
      const desc = /<desc[^>]*>(.*?)<\/desc>/s.exec(svg)?.[1];
      expect(desc?.split('\n')).toHaveLength(text.split('\n').length);
      expect(text.split('\n').length).toBeGreaterThan(22);
    }
    expect(policyText(everything, { policy: 'all', language: 'en' })).toContain(
      '5 business days before the due date, moved to the business day before: Recordatorio',
    );
    expect(policyText(everything, { policy: 'all', language: 'en' })).toContain(
      'WhatsApp · 24 hours → Email · 48 hours → SMS → voz-personalizada-de-cliente; Email, to gerencia.',
    );
  });
});
