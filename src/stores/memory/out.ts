import type { LoggedEvent, StoredAct } from '../store.js';
import { type ActRecord, type EventRecord, read } from './state.js';

/** Records as the port hands them out: copies that share nothing with the store. */

export function eventOut(tenant: string, account: string, event: EventRecord): LoggedEvent {
  const { seq, at, type, actor, data, personal } = event;
  return {
    tenant,
    account,
    seq,
    at,
    type,
    actor,
    data: read(data),
    ...(personal === undefined ? {} : { personal: read(personal) }),
  };
}

export function actOut(act: ActRecord): StoredAct {
  const { tenant, account, id, state, notBefore, attempts, lease, token } = act;
  return {
    tenant,
    account,
    id,
    state,
    notBefore,
    attempts,
    lease,
    token,
    data: read(act.data),
    result: read(act.result),
  };
}
