/** Takes rows in by `COPY … FROM STDIN`: a statement, and its rows in PostgreSQL's text format. */
export type Copy = (statement: string, rows: string) => Promise<void>;

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
  rows: string,
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
      wire.sendCopyFromChunk(Buffer.from(rows));
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

/** One row of PostgreSQL's text format. */
export function copyRow(values: readonly (string | number)[]): string {
  let row = '';
  for (const [index, value] of values.entries()) {
    if (index > 0) row += '\t';
    row += typeof value === 'number' ? value : escaped(value);
  }
  return `${row}\n`;
}

/** JSON holds no tabs and line ends, but ids of tenants may. */
function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text) ? text.replaceAll(/[\\\t\n\r]/g, (one) => escapes[one] ?? one) : text;
}

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
