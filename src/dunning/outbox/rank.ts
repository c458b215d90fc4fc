import { type Act, rankOf } from '../../engine/index.js';
import type { StoredAct } from '../../stores/store.js';
import { fromJson } from '../codec.js';

/** The rank of an act at rest. */
export function rankOfRow({ data }: Pick<StoredAct, 'data'>, zone: string): number {
  return rankOf(fromJson<Act>(data), zone);
}
