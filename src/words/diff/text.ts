import { type Speech, speechOf } from '../speech.js';
import { diffWordsOf } from './all.js';
import type { DocumentChange, DocumentDiff, Thing } from './compare.js';
import { sentenceOf } from './sentences.js';

/**
 * One change as a sentence, in a BCP 47 language cut down to English, Spanish
 * or Portuguese. It does not name the document that it stands in.
 *
 * @example changeText(change, { language: 'es' })
 * // 'Etapa «Aviso firme» ahora llega 10 días después del vencimiento en lugar de 7 días.'
 */
export function changeText(
  change: DocumentChange,
  options: { readonly language?: string | undefined } = {},
): string {
  return sentenceOf(change, speechOf(options.language));
}

/**
 * The differences of documents as lines that a person reads, document by
 * document, one sentence for each change.
 */
export function diffText(
  { changes }: DocumentDiff,
  options: { readonly language?: string | undefined } = {},
): string {
  const speech = speechOf(options.language);
  const words = diffWordsOf(speech);
  if (changes.length === 0) return words.none;
  const lines: string[] = [];
  let head: string | undefined;
  for (const change of changes) {
    const next = headOf(change, speech);
    if (next !== head) {
      if (next !== undefined) lines.push(next);
      head = next;
    }
    lines.push(`  · ${sentenceOf(change, speech)}`);
  }
  return lines.join('\n');
}

/** What comes and goes as a whole needs no head: the sentence names it. */
function headOf({ things, path }: DocumentChange, speech: Speech): string | undefined {
  const [document] = things;
  if (document === undefined || path.length <= (document.kind === 'policy' ? 2 : 1)) return undefined;
  const { kind } = document;
  if (kind !== 'plan' && kind !== 'policy' && kind !== 'messages') return undefined;
  const words = diffWordsOf(speech);
  return words.head(kind, speech.words.quote(nameOf(document)));
}

function nameOf({ id, name }: Thing): string {
  return name ?? id;
}
