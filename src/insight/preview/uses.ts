import type { MessageAbout } from '../../policy/types.js';
import type { CauseRow, PolicyModel, StageRow } from '../timeline/rows.js';

/** A place of the policies that sends a message. */
export interface Use {
  readonly policy: string;
  /** The stage's name, or what the message answers. */
  readonly name: string;
  readonly tone: StageRow['tone'] | undefined;
  /** `+10`, where a number says it. */
  readonly mark: string;
  /** Days past due on which it goes out, as far as that can be known. */
  readonly days: number | undefined;
}

/** Uses by message id, in the order of the ladders: stages, then answers. */
export function usesOf(models: readonly PolicyModel[]): ReadonlyMap<string, readonly Use[]> {
  const uses = new Map<string, Use[]>();
  const add = (message: string, use: Use): void => {
    const known = uses.get(message);
    if (known === undefined) uses.set(message, [use]);
    else known.push(use);
  };
  for (const model of models) {
    for (const stage of model.stages) {
      for (const line of stage.lines) {
        if (line.kind !== 'send') continue;
        add(line.message, {
          policy: model.name,
          name: stage.name,
          tone: stage.tone,
          mark: stage.mark.short,
          days: stage.day === undefined ? undefined : Math.round(stage.day),
        });
      }
    }
  }
  for (const model of models) for (const cause of model.causes) addCause(model, cause, add);
  return uses;
}

function addCause(model: PolicyModel, cause: CauseRow, add: (message: string, use: Use) => void): void {
  for (const { lines } of cause.outcomes) {
    for (const line of lines) {
      if (line.kind !== 'send') continue;
      add(line.message, {
        policy: model.name,
        name: cause.title,
        tone: undefined,
        mark: '',
        days: undefined,
      });
    }
  }
}

/** Days past due of an example where no stage says them. */
export function usualDays(about: MessageAbout): number {
  return about === 'items' ? 12 : 6;
}
