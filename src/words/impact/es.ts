import type { ImpactWords } from './words.js';

const of = (amounts: string | undefined): string => (amounts === undefined ? '' : ` (${amounts})`);

export const es: ImpactWords = {
  title: (affected, all, when) =>
    `Simulacro${when === undefined ? '' : ` para el ${when}`}: algo cambia para ${affected} de ${all} cuentas.`,
  nothing: (all) => `Nada cambia en la próxima corrida para ninguna de ${all} cuentas.`,
  heads: { messages: 'Mensajes', fees: 'Cargos', levels: 'Niveles', cases: 'Casos' },
  gained: (count, amounts) => `${count} más${of(amounts)}`,
  lost: (count, amounts) => `${count} menos${of(amounts)}`,
  changed: (count, after, before) =>
    `${count} con cambios${after === undefined || before === undefined ? '' : ` (${after} en lugar de ${before})`}`,
  levels: {
    gained: (count) => `${count} alcanzan un primer nivel`,
    lost: (count) => `${count} pierden su nivel`,
    raised: (count) => `${count} suben`,
    lowered: (count) => `${count} bajan`,
    other: (count) => `${count} pasan a otra etapa del mismo nivel`,
  },
  cases: {
    kept: (count) => `${count} siguen igual`,
    adopted: (count) => `${count} adoptan otra versión`,
    mapped: (count) => `${count} adoptan otra versión con etapas renombradas`,
    closed: (count) => `${count} se cierran`,
    opened: (count) => `${count} se abren`,
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
  moreAccounts: (count) => `… y ${count} cuentas más`,
};
