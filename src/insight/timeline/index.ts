import { RecobroError } from '../../errors.js';
import type { Documents, Policy } from '../../policy/types.js';
import { at, el, type Markup } from '../draw/markup.js';
import type { Theme } from '../draw/palette.js';
import { type Speech, speechOf } from '../words/index.js';
import { drawPolicy } from './draw.js';
import { modelOf, type PolicyModel, type SendLine, type StageRow } from './model.js';
import { width } from './shapes.js';
import { timelineStyle } from './style.js';

export type { Theme } from '../draw/palette.js';

/** How a timeline is drawn. */
export interface TimelineOptions {
  /** BCP 47: English, Spanish or Portuguese. Default: the plan's language. */
  readonly language?: string | undefined;
  /** Default `auto`: light or dark as the reader's device says. */
  readonly theme?: Theme | undefined;
  /** Id of the one policy to draw. Default: all, one below the other. */
  readonly policy?: string | undefined;
}

/**
 * A policy as a picture: its stages on their days around the due date, their
 * tones, channels with what follows when one fails, conditions, tasks, repeats,
 * and what happens on payment. SVG as text, self-contained, with alternative
 * text; as wide as a phone, so that it can be read there.
 *
 * @example
 * const documents = presets.balanced({ zone: 'America/Bogota', language: 'es' });
 * writeFileSync('policy.svg', policyTimeline(documents));
 * @throws RecobroError `unknown_id` for a policy that the documents do not hold
 */
export function policyTimeline(
  documents: Pick<Documents, 'plan' | 'policies'>,
  options: TimelineOptions = {},
): string {
  return timelineMarkup(documents, options).text;
}

/** The same as a piece of a page. */
export function timelineMarkup(
  documents: Pick<Documents, 'plan' | 'policies'>,
  options: TimelineOptions,
): Markup {
  const speech = speechOf(options.language ?? documents.plan.language);
  const policies = chosen(documents.policies, options.policy);
  const models = policies.map((policy) => modelOf(documents, policy, speech));
  let height = 0;
  const pieces = models.map((model) => {
    const piece = drawPolicy(model, speech, height);
    height += piece.height;
    return piece.markup;
  });
  const { timeline } = speech.words;
  const ids = policies.map((one) => one.id.replace(/[^\w-]/g, '_'));
  const id = `recobro-timeline-${ids.join('-')}`.slice(0, 80);
  return el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${width} ${at(height)}`,
      width,
      height: at(height),
      class: 'recobro-timeline',
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-desc`,
      lang: speech.words.language,
    },
    el('title', { id: `${id}-title` }, timeline.title(models.map((model) => model.name).join(', '))),
    el('desc', { id: `${id}-desc` }, models.map((model) => description(model, speech)).join(' ')),
    el('style', {}, timelineStyle(options.theme ?? 'auto')),
    el('rect', { class: 'rt-ground', width, height: at(height), rx: 12 }),
    ...pieces,
  );
}

/** The newest version of each policy, or the one asked for. */
function chosen(policies: readonly Policy[], id: string | undefined): Policy[] {
  const newest = new Map<string, Policy>();
  for (const policy of policies) {
    const known = newest.get(policy.id);
    if (known === undefined || known.version < policy.version) newest.set(policy.id, policy);
  }
  if (id === undefined) return [...newest.values()];
  const found = newest.get(id);
  if (found === undefined)
    throw new RecobroError('unknown_id', `the documents hold no policy ${JSON.stringify(id)}`);
  return [found];
}

/** The picture in words. */
function description(model: PolicyModel, speech: Speech): string {
  const { timeline, tones } = speech.words;
  const send = (line: SendLine): string => line.via.join(' → ');
  const stage = (row: StageRow): string => {
    const day = row.offset === undefined ? '' : `${row.offset} ${row.unit}, `;
    const what = [...row.sends.map(send), ...row.tasks, ...row.notes].join('; ');
    return `${day}${row.name} (${tones[row.tone]}): ${what}.`;
  };
  const last = model.repeat === undefined ? [] : [`${model.repeat}.`];
  const thanks = model.thanks.map((line) => `${timeline.thanksBy}: ${send(line)}.`);
  return [
    `${model.name}.`,
    ...model.rules.map((rule) => `${rule}.`),
    ...model.stages.map(stage),
    ...last,
    `${timeline.payment}: ${timeline.paymentStops}`,
    ...thanks,
  ].join(' ');
}
