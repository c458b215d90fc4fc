import { RecobroError } from '../../errors.js';

/** The qualified, quoted names of recobro's tables. */
export interface Tables {
  readonly schema: string;
  readonly files: string;
  readonly rows: string;
  readonly events: string;
  readonly acts: string;
  readonly keys: string;
  readonly inbound: string;
  readonly migrations: string;
  readonly personal: string;
  readonly unsealed: string;
  readonly sealed: string;
  readonly chains: string;
  readonly shared: string;
  readonly left: string;
  readonly references: string;
  readonly documents: string;
  readonly activations: string;
  /** A sequence that gives commits an order. */
  readonly order: string;
}

/** PostgreSQL cuts longer names off, and two schemas could become one. */
const longestName = 63;

/**
 * Names within a schema.
 *
 * @throws RecobroError `invalid_option` if no schema can be called so.
 */
export function tablesIn(schema = 'public'): Tables {
  const bytes = new TextEncoder().encode(schema).length;
  if (bytes === 0 || bytes > longestName || schema.includes('\0')) {
    const message = `The schema name must have 1 to ${longestName} bytes.`;
    throw new RecobroError('invalid_option', message, {
      problems: [{ path: 'schema', code: 'invalid_name', message }],
    });
  }
  const table = (name: string) => `${quote(schema)}.recobro_${name}`;
  return {
    schema,
    files: table('files'),
    rows: table('rows'),
    events: table('events'),
    acts: table('acts'),
    keys: table('act_keys'),
    inbound: table('inbound'),
    migrations: table('migrations'),
    personal: table('personal'),
    unsealed: table('unsealed'),
    sealed: table('sealed'),
    chains: table('chains'),
    shared: table('shared'),
    left: table('left'),
    references: table('references'),
    documents: table('documents'),
    activations: table('activations'),
    order: table('order'),
  };
}

/** An identifier that means itself, whatever characters it has. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL has it, for names that stand where values do. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
