import type { AnswerParts, OutboundMessage, RenderedContent } from '../../../channels/channel.js';
import { addressOf, contactOf } from '../../../contact/recipients.js';
import { type Act, answeredStage } from '../../../engine/index.js';
import { RecobroError } from '../../../errors.js';
import type { AccountFile, AnswerOption } from '../../../ledger/file.js';
import { givenEmail, givenText } from '../../../messages/index.js';
import type { Context } from '../../context.js';
import { namedAs } from '../../named-as.js';
import type { RenderedAct } from '../../rendering.js';

/**
 * The message of an answer: its words as they were given, escaped for the channel and read by no template.
 *
 * @throws RecobroError `impossible_state`
 */
export function renderAnswer(context: Context, file: AccountFile, act: Act): RenderedAct {
  const channel = act.channel === undefined ? undefined : context.channels.get(act.channel);
  const contact = contactOf(file.account, act.contact);
  const words = file.answers?.find((one) => one.act === act.id);
  const to = channel === undefined || contact === undefined ? undefined : addressOf(contact, channel);
  if (channel === undefined || words === undefined || to === undefined)
    throw new RecobroError('impossible_state', `the answer ${act.id} has no words, channel or address`);
  const { text, options = [], replyTo, subject } = words;
  const { language } = act;
  const whole = withOptions(text, options);
  const { sender } = context;
  const head = `Re: ${(subject ?? sender.name).replace(/^(?:\s*re\s*:)+\s*/i, '')}`;
  const content: RenderedContent =
    channel.address === 'email'
      ? givenEmail({ text: whole, subject: head, language, sender })
      : givenText({ text: whole });
  const answer: AnswerParts = { text, options, ...(replyTo === undefined ? {} : { to: replyTo }) };
  const message: OutboundMessage = {
    key: act.id,
    tenant: context.tenant,
    account: act.account,
    to,
    ...namedAs(contact),
    message: answeredStage,
    form: 'one',
    language,
    content,
    answer,
    ...windowOf(file, act),
    thread: `${context.tenant}/${act.account}/${answeredStage}`,
  };
  return { channel, message };
}

function withOptions(text: string, options: readonly AnswerOption[]): string {
  if (options.length === 0) return text;
  return `${text}\n\n${options.map(({ title }) => `– ${title}`).join('\n')}`;
}

function windowOf({ windows }: AccountFile, act: Act): { readonly windowUntil?: number } {
  const found = windows?.find((one) => one.contact === act.contact && one.channel === act.channel);
  return found === undefined ? {} : { windowUntil: found.until };
}
