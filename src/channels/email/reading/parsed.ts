/**
 * A mail as a parser hands it over: the part that is used. `postal-mime` fits as it is, with the option that keeps
 * the original of a bounce apart.
 */
export interface ParsedMail {
  /** In their order; names in any case. */
  readonly headers: readonly { readonly key: string; readonly value: string }[];
  readonly from?: { readonly address?: string | undefined; readonly name?: string | undefined } | undefined;
  readonly subject?: string | undefined;
  readonly messageId?: string | undefined;
  readonly inReplyTo?: string | undefined;
  readonly references?: string | undefined;
  readonly date?: string | undefined;
  readonly text?: string | undefined;
  /** Read where there is no plain text. */
  readonly html?: string | undefined;
  readonly attachments: readonly ParsedPart[];
}

/** A part that is no text of the mail itself. */
export interface ParsedPart {
  readonly mimeType: string;
  readonly filename?: string | null | undefined;
  readonly content: ArrayBuffer | Uint8Array | string;
}

/** A header by its name, the first where there are several. */
export function headerOf({ headers }: ParsedMail, name: string): string {
  return headers.find(({ key }) => key.toLowerCase() === name)?.value ?? '';
}

/** The text of a part, at most 256 kB of it. */
export function textOfPart({ content }: ParsedPart): string {
  const most = 256 * 1024;
  if (typeof content === 'string') return content.slice(0, most);
  return new TextDecoder().decode(new Uint8Array(content).subarray(0, most));
}

/** The fields of a block of headers, names in lower case, folded lines joined; the first of each name. */
export function fieldsOf(block: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of block.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const match = /^([A-Za-z0-9-]{1,64}):[ \t]*(.*)$/.exec(line);
    const name = match?.[1]?.toLowerCase();
    if (name !== undefined && !fields.has(name)) fields.set(name, match?.[2]?.trim() ?? '');
  }
  return fields;
}
