import type { NextWords } from './words.js';

export const pt: NextWords = {
  empty: 'Não há quem atender.',
  entry: (place, who, score, owner) =>
    `${place}. ${who}, ${score} de 100 pontos${owner === undefined ? '' : `, ${owner}`}`,
  overdue: (amounts, days) => `vencido: ${amounts}${days === undefined ? '' : `, o mais antigo há ${days}`}`,
  lastContact: (day) => (day === undefined ? 'sem contato até agora' : `último contato: ${day}`),
  since: (what, day) => `${what}, desde ${day}`,
  work: {
    unknown: (name) => `dizer se ${name} saiu`,
    proposal: (name) => `aprovar, confirmar ou descartar ${name}`,
    task: (name) => name,
    handover: (name) => `entregar (${name})`,
    alert: (name) => `aviso interno ${name}`,
    'write-off': () => 'decidir se é baixado como perda',
    fee: (name) => `lançar o encargo ${name}`,
    effect: (name) => `executar ${name}`,
  },
  until: (day) => `até ${day}`,
  first: 'espera por alguém:',
  next: (what, when) => `próximo: ${what}, ${when}`,
  becomes: {
    sent: 'é enviada',
    proposed: 'é proposta a uma pessoa',
    confirmed: 'é confirmada por uma pessoa',
    raised: 'é criada',
  },
  because: (why) => `porque ${why}`,
  nothing: 'nada vem por si:',
  idle: 'nada a fazer e nada previsto',
  more: (count) => `… e mais ${count}`,
};
