import { RecobroError } from '../../errors.js';

const most = 1_024;

/** Tables that belong to tenants, as the statements of a step create them. */
const creation = /^CREATE TABLE IF NOT EXISTS (?<table>\S.*?) \(\n {2}tenant [\s\S]*\)$/u;

/**
 * The same statements with each table of tenants split by the hash of its
 * tenant. Every primary key and unique index begins with the tenant, so that
 * nothing else of them changes.
 *
 * @throws RecobroError `invalid_option`
 */
export function partitioned(
  statements: readonly string[],
  partitions: number | undefined,
): readonly string[] {
  if (partitions === undefined) return statements;
  if (!Number.isSafeInteger(partitions) || partitions < 1 || partitions > most) {
    const message = `The number of partitions must be a whole number from 1 to ${most}.`;
    throw new RecobroError('invalid_option', message, {
      problems: [{ path: 'partitions', code: 'invalid_value', message }],
    });
  }
  return statements.flatMap((statement) => {
    const table = creation.exec(statement)?.groups?.table;
    if (table === undefined) return [statement];
    const parts = Array.from(
      { length: partitions },
      (_, n) =>
        `CREATE TABLE IF NOT EXISTS ${table}_p${n} PARTITION OF ${table} FOR VALUES WITH (MODULUS ${partitions}, REMAINDER ${n})`,
    );
    return [`${statement} PARTITION BY HASH (tenant)`, ...parts];
  });
}
