/** Takes rows in by `COPY … FROM STDIN`: a statement, and its rows in PostgreSQL's text format, in parts. */
export type Copy = (statement: string, rows: readonly string[]) => Promise<void>;

/** Characters that are sent at once. */
const chunk = 65_536;

/** What recobro uses of the wire of a `Client` of pg; other drivers have none. */
interface Wire {
  query(text: string): void;
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
}

/**
 * COPY over a `Client` or `PoolClient` of pg, for which it takes anything with
 * a `submit` for a query, as pg-copy-streams and pg-query-stream do; undefined
 * for other drivers, and for clients that send ahead (`pipeline`).
 */
export function copyOf(client: { query(text: never): unknown }): Copy | undefined {
  const wire: unknown = Reflect.get(client, 'connection');
  if (!isWire(wire) || Reflect.get(client, 'pipeline') === true) return undefined;
  return (statement, rows) =>
    new Promise((resolve, reject) => {
      Reflect.apply(client.query, client, [copying(statement, rows, resolve, reject)]);
    });
}

/** A query as the `Client` of pg drives it. */
function copying(
  statement: string,
  rows: readonly string[],
  resolve: () => void,
  reject: (error: unknown) => void,
): object {
  const query = {
    /** pg puts a time limit around it, where one is set. */
    callback: (error: unknown): void => {
      if (error === null || error === undefined) resolve();
      else reject(error);
    },
    submit: (wire: Wire): void => wire.query(statement),
    handleCopyInResponse(wire: Wire): void {
      for (const part of rows) wire.sendCopyFromChunk(Buffer.from(part));
      wire.endCopyFrom();
    },
    handleError: (error: unknown): void => query.callback(error),
    handleReadyForQuery: (): void => query.callback(null),
    handleCommandComplete: (): void => undefined,
    handleRowDescription: (): void => undefined,
    handleDataRow: (): void => undefined,
    handlePortalSuspended: (): void => undefined,
    handleEmptyQuery: (): void => undefined,
  };
  return query;
}

function isWire(value: unknown): value is Wire {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'sendCopyFromChunk') === 'function' &&
    typeof Reflect.get(value, 'endCopyFrom') === 'function'
  );
}

/** Rows in PostgreSQL's text format. */
export class CopyRows {
  readonly #chunks: string[] = [];
  #text = '';

  get empty(): boolean {
    return this.#chunks.length === 0 && this.#text === '';
  }

  add(values: readonly (string | number)[]): void {
    for (let at = 0; at < values.length; at++) {
      const value = values[at] ?? '';
      if (at > 0) this.#text += '\t';
      this.#text += typeof value === 'number' ? value : escaped(value);
    }
    this.#text += '\n';
    if (this.#text.length < chunk) return;
    this.#chunks.push(this.#text);
    this.#text = '';
  }

  /** All of them. Nothing is added afterwards. */
  chunks(): readonly string[] {
    return this.#text === '' ? this.#chunks : [...this.#chunks, this.#text];
  }
}

/** JSON holds no tabs and line ends, but ids of tenants may. */
function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (one) => escapes[one] ?? one) : text;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
