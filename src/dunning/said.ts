import { type Problem, RecobroError } from '../errors.js';
import { type CompiledMessages, type Sender, textsOf } from '../messages/index.js';
import { answerCauses } from '../policy/answers.js';
import type { Documents, SendAction } from '../policy/types.js';
import type { TenantOptions } from './handle/options.js';

/** Variables that come from the options and from nowhere else, with what they need. */
const needs = {
  'sender.phone': (sender: Sender) => sender.phone !== undefined,
  'sender.email': (sender: Sender) => sender.email !== undefined,
  link: (_: Sender, { links }: TenantOptions) => links?.page !== undefined,
} as const;

/**
 * What the texts of messages that are sent say must be there: else each of them would be refused when it is to go out,
 * and nobody would notice before.
 *
 * @throws RecobroError `invalid_option`, listing every option that is missing
 */
export function checkSaid({ policies }: Documents, messages: CompiledMessages, options: TenantOptions): void {
  const sends = policies.flatMap(({ stages, on }) => [
    ...stages.flatMap((stage) => stage.do),
    ...answerCauses.flatMap((cause) => on?.[cause] ?? []),
  ]);
  const problems = new Map<string, Problem>();
  for (const action of sends)
    if ('send' in action)
      for (const name of namesOf(messages, action)) {
        const sender = senderOf(action, options);
        if (sender === undefined || needs[name](sender.profile, options)) continue;
        const path = name === 'link' ? 'links.page' : `${sender.path}.${name.slice('sender.'.length)}`;
        const message = `is not there, and the texts of "${action.send}" say {{${name}}}`;
        problems.set(path, { path, code: 'missing', message });
      }
  if (problems.size > 0)
    throw new RecobroError('invalid_option', 'texts say what the options do not give', {
      problems: [...problems.values()],
    });
}

type Needed = keyof typeof needs;

function namesOf(messages: CompiledMessages, { send }: SendAction): readonly Needed[] {
  const found = new Set<string>();
  for (const { message, content } of textsOf(messages))
    if (message === send)
      for (const name of content.kind === 'text' ? content.template.variables : content.email.variables)
        found.add(name);
  return [...found].filter((name): name is Needed => Object.hasOwn(needs, name));
}

function senderOf(
  { from }: SendAction,
  { sender, senders = {} }: TenantOptions,
): { readonly profile: Sender; readonly path: string } | undefined {
  if (from === undefined) return { profile: sender, path: 'sender' };
  const profile = Object.hasOwn(senders, from) ? senders[from] : undefined;
  return profile === undefined ? undefined : { profile, path: `senders.${from}` };
}
