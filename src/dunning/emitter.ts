import { EventEmitter } from 'eventemitter3';
import type { FileEvent } from '../engine/index.js';
import type { Logger } from '../logger.js';

/** Where and when something happened. */
export interface EventContext {
  readonly tenant: string;
  readonly account: string;
  /** Number of the event within its account. */
  readonly seq: number;
  readonly at: number;
  readonly actor: string;
}

type FactTypes =
  | 'account.upserted'
  | 'invoice.upserted'
  | 'payment.upserted'
  | 'refund.upserted'
  | 'credit.upserted'
  | 'hold.upserted'
  | 'dispute.upserted'
  | 'promise.upserted'
  | 'unbooked.upserted'
  | 'reply.upserted'
  | 'plan.upserted'
  | 'source.upserted'
  | 'note.added';

/** Facts are announced by id: records hold personal data, which events do not carry. */
type Announced<E extends FileEvent> = E extends { readonly type: FactTypes }
  ? { readonly type: E['type']; readonly id: string }
  : E extends { readonly type: 'act.refused' | 'act.failed' | 'act.delayed' }
    ? Omit<E, 'address' | 'note'>
    : E extends { readonly type: 'message.received' }
      ? Omit<E, 'text' | 'subject'>
      : E extends { readonly type: 'answer.given' }
        ? Omit<E, 'text' | 'subject' | 'options' | 'replyTo'>
        : E extends { readonly type: 'items.returned' }
          ? Omit<E, 'records'> & {
              readonly records: readonly { readonly kind: string; readonly id: string }[];
            }
          : E;

/** What a listener is told after the change was committed. */
export type DunningEvent = EventContext & Announced<FileEvent>;

/** Listener arguments by event name; `event` hears all of them. */
export type DunningEvents = {
  [K in FileEvent['type']]: (event: EventContext & Announced<Extract<FileEvent, { type: K }>>) => void;
} & { event: (event: DunningEvent) => void };

/** The same event as listeners may see it. */
export function announced(event: FileEvent): Announced<FileEvent> {
  switch (event.type) {
    case 'account.upserted':
      return { type: event.type, id: event.account.id };
    case 'invoice.upserted':
      return { type: event.type, id: event.invoice.id };
    case 'payment.upserted':
      return { type: event.type, id: event.payment.id };
    case 'refund.upserted':
      return { type: event.type, id: event.refund.id };
    case 'credit.upserted':
      return { type: event.type, id: event.credit.id };
    case 'hold.upserted':
      return { type: event.type, id: event.hold.id };
    case 'dispute.upserted':
      return { type: event.type, id: event.dispute.id };
    case 'promise.upserted':
      return { type: event.type, id: event.promise.id };
    case 'unbooked.upserted':
      return { type: event.type, id: event.unbooked.id };
    case 'reply.upserted':
      return { type: event.type, id: event.reply.id };
    case 'plan.upserted':
      return { type: event.type, id: event.plan.id };
    case 'source.upserted':
      return { type: event.type, id: event.source.id };
    case 'note.added':
      return { type: event.type, id: event.note.id };
    case 'act.delayed': {
      const { note: _, ...rest } = event;
      return rest;
    }
    case 'act.refused': {
      const { address: _, note: __, ...rest } = event;
      return rest;
    }
    case 'act.failed': {
      const { address: _, ...rest } = event;
      return rest;
    }
    case 'message.received': {
      const { text: _, subject: __, ...rest } = event;
      return rest;
    }
    case 'answer.given': {
      const { text: _, subject: __, options: ___, replyTo: ____, ...rest } = event;
      return rest;
    }
    case 'items.returned': {
      const records = event.records.map(({ kind, id }) => ({ kind, id }));
      return { type: event.type, on: event.on, records };
    }
    default:
      return event;
  }
}

/**
 * Tells the host's listeners. A listener that throws, or whose promise is
 * rejected, is logged and harms neither the run nor the other listeners.
 */
export class Announcer {
  readonly #emitter = new EventEmitter();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  on(name: string, listener: (event: DunningEvent) => unknown): () => void {
    const guarded = (event: DunningEvent): void => {
      try {
        const result = listener(event);
        if (result instanceof Promise) result.catch((error: unknown) => this.#failed(name, error));
      } catch (error) {
        this.#failed(name, error);
      }
    };
    this.#emitter.on(name, guarded);
    return () => {
      this.#emitter.off(name, guarded);
    };
  }

  tell(event: DunningEvent): void {
    this.#emitter.emit(event.type, event);
    this.#emitter.emit('event', event);
  }

  #failed(name: string, error: unknown): void {
    this.#logger.error('a listener failed', {
      event: name,
      error: error instanceof Error ? error.name : 'unknown',
    });
  }
}
