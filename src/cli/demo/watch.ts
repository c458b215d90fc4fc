import type { DunningEvent } from '../../dunning/index.js';
import type { Act } from '../../engine/index.js';

/** What is under way, as the events tell it: acts, what nobody knows, what people have to do, what was put off. */
export class Watch {
  readonly acts = new Map<string, Act>();
  /** Acts of unknown outcome, with the instant at which that was found. */
  readonly unknown = new Map<string, number>();
  /** Tasks that are open. */
  readonly tasks = new Map<string, Act>();
  /** Acts that a provider put off, with the instant at which they are tried again. */
  readonly delayed = new Map<string, number>();

  hear(event: DunningEvent): void {
    switch (event.type) {
      case 'act.planned':
        this.acts.set(event.act.id, event.act);
        if (event.act.kind === 'task') this.tasks.set(event.act.id, event.act);
        return;
      case 'act.unknown':
        this.delayed.delete(event.act);
        this.unknown.set(event.act, event.at);
        return;
      case 'act.delayed':
        this.delayed.set(event.act, event.until);
        return;
      case 'act.accepted':
      case 'act.refused':
      case 'act.withdrawn':
      case 'act.resolved':
        this.delayed.delete(event.act);
        this.unknown.delete(event.act);
        return;
      case 'task.closed':
        this.tasks.delete(event.act);
        return;
      default:
        return;
    }
  }

  /** When the next act that was put off may be tried; `Infinity` for none. */
  get retryAt(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...this.delayed.values());
  }
}
