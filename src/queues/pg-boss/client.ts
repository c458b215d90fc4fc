/** A job as it is handed to pg-boss. */
export interface PgBossJob {
  readonly data: object;
  readonly singletonKey: string;
  /** Not before; absent: at once. */
  readonly startAfter?: Date;
}

/** Where pg-boss writes a job instead of its own connection. */
export interface PgBossConnection {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

/** What recobro uses of pg-boss (12 or later). The host makes, starts and stops it. */
export interface PgBossClient {
  createQueue(
    name: string,
    options: { policy: string; retryLimit: number; retryDelay: number; deleteAfterSeconds: number },
  ): Promise<void>;
  insert(name: string, jobs: PgBossJob[], options?: { db?: PgBossConnection }): Promise<unknown>;
  work(
    name: string,
    options: { batchSize: number; localConcurrency: number; pollingIntervalSeconds: number },
    handler: (jobs: { readonly data: unknown }[]) => Promise<void>,
  ): Promise<string>;
  offWork(name: string, options: { id: string; wait: boolean }): Promise<void>;
  schedule(
    name: string,
    cron: string,
    data: object,
    options: { singletonKey: string; tz: string },
  ): Promise<void>;
  unschedule(name: string): Promise<void>;
}
