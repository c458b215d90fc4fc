import type {
  Action,
  AlertAction,
  CloseAction,
  EffectAction,
  FeeAction,
  HandoverAction,
  SendAction,
  TaskAction,
  WriteOffAction,
} from '../../policy/types.js';

/** What a stage does once it is done, beside its messages. Tasks go out with the message itself. */
export type FollowAction = AlertAction | FeeAction | HandoverAction | WriteOffAction | CloseAction;

export function isSend(action: Action): action is SendAction {
  return 'send' in action;
}

export function isTask(action: Action): action is TaskAction {
  return 'task' in action;
}

export function isEffect(action: Action): action is EffectAction {
  return 'effect' in action;
}

export function isFee(action: Action): action is FeeAction {
  return 'fee' in action;
}

/** Whether an action comes with the completion of its stage. */
export function isFollow(action: Action): action is FollowAction {
  return !isSend(action) && !isTask(action) && !isEffect(action);
}

/** Mark of what a stage does beside its message: `firm/alert.2`, by its place among the stage's actions. */
export function followMark(stage: string, index: number, action: FollowAction): string {
  return `${stage}/${kindOfFollow(action)}.${index}`;
}

/** How an action is called in marks and acts. */
export function kindOfFollow(action: FollowAction): 'alert' | 'fee' | 'handover' | 'write-off' | 'close' {
  if ('alert' in action) return 'alert';
  if ('fee' in action) return 'fee';
  if ('handover' in action) return 'handover';
  return 'writeOff' in action ? 'write-off' : 'close';
}
