import { RecobroError } from '../../errors.js';
import type { Documents, Policy } from '../../policy/types.js';
import { at, el, type Markup } from '../draw/markup.js';
import type { Theme } from '../draw/palette.js';
import { type Speech, speechOf } from '../words/index.js';
import { checkAsked } from './asked.js';
import { describe } from './describe.js';
import { drawPolicy } from './draw.js';
import { frames, type Layout } from './frame.js';
import { modelOf } from './model.js';
import type { PolicyModel } from './rows.js';
import { timelineStyle } from './style.js';

export type { Theme } from '../draw/palette.js';
export type { Layout } from './frame.js';

/** How a timeline is drawn. */
export interface TimelineOptions {
  /** BCP 47: English, Spanish or Portuguese. Default: the plan's language. */
  readonly language?: string | undefined;
  /** Default `auto`: light or dark as the reader's device says. */
  readonly theme?: Theme | undefined;
  /** `wide` (default): 920 pixels, for pages and screens. `narrow`: 360, for phones held upright. */
  readonly layout?: Layout | undefined;
  /** Id of the one policy to draw. Default: all, one below the other. */
  readonly policy?: string | undefined;
}

/**
 * A policy as a picture: its stages on their days around the due date, their
 * tones, channels with what follows when one fails, conditions, fees, tasks,
 * repeats, and what happens on payment, promise, dispute, reply and at the end.
 * SVG as text, self-contained, with a title and a description that says in words
 * what the picture shows. The same documents give the same bytes.
 *
 * @example
 * const documents = presets.balanced({ zone: 'America/Bogota', language: 'es' });
 * writeFileSync('policy.svg', policyTimeline(documents));
 * @throws RecobroError `unknown_id` for a policy that the documents do not hold;
 * `invalid_document` for what is no set of documents; `invalid_option` for a layout or theme that there is not
 */
export function policyTimeline(
  documents: Pick<Documents, 'plan' | 'policies'>,
  options: TimelineOptions = {},
): string {
  return timelineMarkup(documents, options).text;
}

/**
 * The same in words, a line for each thing that the picture shows: an
 * alternative text for where the picture is embedded as an image.
 *
 * @example `<img src="policy.svg" alt="${policyText(documents)}">`
 * @throws RecobroError `unknown_id` for a policy that the documents do not hold;
 * `invalid_document` for what is no set of documents
 */
export function policyText(
  documents: Pick<Documents, 'plan' | 'policies'>,
  options: Pick<TimelineOptions, 'language' | 'policy'> = {},
): string {
  checkAsked(documents, {});
  const speech = speechOf(options.language ?? documents.plan.language);
  return modelsOf(documents, options.policy, speech)
    .flatMap((model) => describe(model, speech))
    .join('\n');
}

/** The newest version of each policy, or the one asked for, ready to be drawn. */
export function modelsOf(
  documents: Pick<Documents, 'plan' | 'policies'>,
  policy: string | undefined,
  speech: Speech,
): PolicyModel[] {
  return chosen(documents.policies, policy).map((one) => modelOf(documents, one, speech));
}

/** The same as a piece of a page. */
export function timelineMarkup(
  documents: Pick<Documents, 'plan' | 'policies'>,
  options: TimelineOptions,
): Markup {
  checkAsked(documents, options);
  const speech = speechOf(options.language ?? documents.plan.language);
  const frame = frames[options.layout ?? 'wide'];
  const models = modelsOf(documents, options.policy, speech);
  let height = 0;
  const pieces = models.map((model) => {
    const piece = drawPolicy(model, frame, speech, height);
    height += piece.height;
    return piece.markup;
  });
  const { timeline } = speech.words;
  const ids = models.map((one) => one.id.replace(/[^\w-]/g, '_'));
  const id = `recobro-timeline-${ids.join('-')}`.slice(0, 80) + (frame.layout === 'narrow' ? '-narrow' : '');
  return el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${frame.width} ${at(height)}`,
      width: frame.width,
      height: at(height),
      class: 'recobro-timeline',
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-desc`,
      lang: speech.words.language,
    },
    el('title', { id: `${id}-title` }, timeline.title(models.map((model) => model.name).join(', '))),
    el('desc', { id: `${id}-desc` }, models.flatMap((model) => describe(model, speech)).join('\n')),
    el('style', {}, timelineStyle(options.theme ?? 'auto')),
    el('rect', { class: 'rt-ground', width: frame.width, height: at(height), rx: 14 }),
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
