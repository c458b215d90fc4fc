import { plainSms } from '../../channels/sms/plain.js';
import { type SmsSegments, segmentsOf } from '../../channels/sms/segments.js';
import { isRecobroError } from '../../errors.js';
import {
  type CompiledMessage,
  type CompiledMessages,
  type EmailContent,
  languageChain,
  type MessageForm,
  renderMessage,
  type Sender,
} from '../../messages/index.js';
import { previewFacts } from './examples.js';
import { type Use, usualDays } from './uses.js';

/** What one reader gets over one channel. */
export type SampleContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'sms'; readonly text: string; readonly segments: SmsSegments }
  | ({ readonly from: string } & EmailContent)
  /** The text cannot be rendered; why. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'none' };

export interface Sample {
  readonly language: string;
  readonly channel: string;
  readonly form: MessageForm;
  readonly sender: string;
  readonly content: SampleContent;
}

export interface SampleRequest {
  readonly message: CompiledMessage;
  readonly languages: readonly string[];
  readonly channels: readonly string[];
  readonly uses: readonly Use[];
  readonly sender: Sender | undefined;
}

const forms: readonly MessageForm[] = ['one', 'many'];

/** A message in every language, channel and form, rendered as a send renders it. */
export function samplesOf(compiled: CompiledMessages, request: SampleRequest): Sample[] {
  const { message, languages, channels } = request;
  return languages
    .flatMap((language) =>
      channels.flatMap((channel) =>
        forms.map((form) => sampleOf(compiled, request, { language, channel, form })),
      ),
    )
    .filter(({ channel }) => [...message.languages.values()].some((texts) => texts.has(channel)));
}

function sampleOf(
  compiled: CompiledMessages,
  { message, uses, sender }: SampleRequest,
  variant: Pick<Sample, 'language' | 'channel' | 'form'>,
): Sample {
  const { language, channel, form } = variant;
  const { about } = message;
  const days = uses.find((use) => use.days !== undefined)?.days ?? usualDays(about);
  const facts = previewFacts({ language, form, about, days, sender });
  const { name, email } = facts.sender;
  const sample = (content: SampleContent): Sample => ({ ...variant, sender: name, content });
  if (!languageChain([language]).some((tag) => message.languages.get(tag)?.has(channel) === true))
    return sample({ kind: 'none' });
  try {
    const { content } = renderMessage(compiled, {
      message: message.id,
      channel,
      languages: [language],
      facts,
    });
    if (content.kind === 'email')
      return sample({ ...content, from: email === undefined ? name : `${name} <${email}>` });
    if (channel !== 'sms') return sample({ kind: 'text', text: content.text });
    const text = plainSms(content.text);
    return sample({ kind: 'sms', text, segments: segmentsOf(text) });
  } catch (error) {
    // A sender of the host's own may lack what a text needs; the page says so and shows the rest.
    if (!isRecobroError(error)) throw error;
    const [first = error.message] = error.problems.map((problem) => `${problem.path}: ${problem.message}`);
    return sample({ kind: 'failed', reason: first });
  }
}
