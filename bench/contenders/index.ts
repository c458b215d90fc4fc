import type { Engine } from 'recobro/engine';
import type { Contender } from '../contender.js';
import { integers } from './integers.js';
import { jsonRulesEngine } from './json-rules-engine.js';
import { luxon } from './luxon.js';
import { recobro, recobroExplained, recobroTraced } from './recobro.js';
import { xstate } from './xstate.js';

/** All contenders, in the order in which they take turns. */
export function contendersOf(engine: Engine): readonly Contender[] {
  return [
    recobro(engine),
    integers(),
    recobroTraced(engine),
    recobroExplained(engine),
    luxon(),
    xstate(),
    jsonRulesEngine(),
  ];
}
