import type { ImpactWords } from './words.js';

const of = (amounts: string | undefined): string => (amounts === undefined ? '' : ` (${amounts})`);

export const es: ImpactWords = {
  title: (affected, all, one, when) =>
    `Simulacro${when === undefined ? '' : ` para el ${when}`}: algo cambia para ${affected} de ${all} ${one ? 'cuenta' : 'cuentas'}.`,
  nothing: (all, one) =>
    `Nada cambia en la próxima corrida para ${one ? 'la única cuenta' : `ninguna de ${all} cuentas`}.`,
  heads: { messages: 'Mensajes', fees: 'Cargos', levels: 'Niveles', cases: 'Casos' },
  gained: (count, amounts) => `${count} más${of(amounts)}`,
  lost: (count, amounts) => `${count} menos${of(amounts)}`,
  changed: (count, after, before) =>
    `${count} con cambios${after === undefined || before === undefined ? '' : ` (${after} en lugar de ${before})`}`,
  levels: {
    gained: (count, one) => `${count} ${one ? 'alcanza un primer nivel' : 'alcanzan un primer nivel'}`,
    lost: (count, one) => `${count} ${one ? 'pierde su nivel' : 'pierden su nivel'}`,
    raised: (count, one) => `${count} ${one ? 'sube' : 'suben'}`,
    lowered: (count, one) => `${count} ${one ? 'baja' : 'bajan'}`,
    other: (count, one) =>
      `${count} ${one ? 'pasa a otra etapa del mismo nivel' : 'pasan a otra etapa del mismo nivel'}`,
  },
  cases: {
    kept: (count, one) => `${count} ${one ? 'sigue igual' : 'siguen igual'}`,
    adopted: (count, one) => `${count} ${one ? 'adopta otra versión' : 'adoptan otra versión'}`,
    mapped: (count, one) =>
      `${count} ${one ? 'adopta otra versión con etapas renombradas' : 'adoptan otra versión con etapas renombradas'}`,
    closed: (count, one) => `${count} ${one ? 'se cierra' : 'se cierran'}`,
    opened: (count, one) => `${count} ${one ? 'se abre' : 'se abren'}`,
  },
  withdrawn: (count, one) =>
    one ? `Se retira ${count} mensaje ya decidido.` : `Se retiran ${count} mensajes ya decididos.`,
  failed: (count, one) =>
    one ? `No se pudo comparar ${count} cuenta:` : `No se pudieron comparar ${count} cuentas:`,
  gains: (what) => `se añade: ${what}`,
  loses: (what) => `ya no: ${what}`,
  instead: (after, before) => `${after} en lugar de ${before}`,
  feeGained: (fee, amount) => `cargo ${fee}: se añaden ${amount}`,
  feeLost: (fee, amount) => `cargo ${fee}: ya no ${amount}`,
  feeChanged: (fee, after, before) => `cargo ${fee}: ${after} en lugar de ${before}`,
  level: (item, after, before) =>
    after === undefined
      ? `${item}: ya sin nivel, hoy ${before ?? ''}`
      : `${item}: nivel ${after}${before === undefined ? ', hoy ninguno' : ` en lugar de ${before}`}`,
  ahead: (when) => `el ${when}`,
  more: (count) => `… y ${count} más`,
  moreAccounts: (count, one) => `… y ${count} ${one ? 'cuenta' : 'cuentas'} más`,
};
