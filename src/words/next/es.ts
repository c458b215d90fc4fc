import type { NextWords } from './words.js';

export const es: NextWords = {
  empty: 'No hay a quién atender.',
  entry: (place, who, score, owner) =>
    `${place}. ${who}, ${score} de 100 puntos${owner === undefined ? '' : `, ${owner}`}`,
  overdue: (amounts, days) =>
    `vencido: ${amounts}${days === undefined ? '' : `, lo más antiguo desde hace ${days}`}`,
  lastContact: (day) => (day === undefined ? 'sin contacto hasta ahora' : `último contacto: ${day}`),
  since: (what, day) => `${what}, desde el ${day}`,
  work: {
    unknown: (name) => `decir si salió ${name}`,
    proposal: (name) => `aprobar, confirmar o descartar ${name}`,
    task: (name) => name,
    handover: (name) => `entregar (${name})`,
    alert: (name) => `aviso interno ${name}`,
    'write-off': () => 'decidir si se castiga',
    fee: (name) => `contabilizar el cargo ${name}`,
    effect: (name) => `ejecutar ${name}`,
  },
  until: (day) => `hasta el ${day}`,
  first: 'espera a alguien:',
  next: (what, when) => `próximo: ${what}, ${when}`,
  becomes: {
    sent: 'se envía',
    proposed: 'se propone a una persona',
    confirmed: 'lo confirma una persona',
    raised: 'se crea',
  },
  because: (why) => `porque ${why}`,
  nothing: 'nada llega por sí solo:',
  idle: 'nada que hacer y nada previsto',
  more: (count) => `… y ${count} más`,
};
