import type { RunWords } from './words.js';

const by = (until: string | undefined): string => (until === undefined ? '' : `, até ${until}`);

export const pt: RunWords = {
  approve: (message, until) => `aprovar ${message}${by(until)}`,
  doByHand: (message, until) => `fazer ${message} à mão e confirmar${by(until)}`,
  byHand: {
    call: (message, owner, until) => `ligar sobre ${message}: ${owner}${by(until)}`,
    letter: (message, owner, until) => `imprimir e enviar a carta ${message}: ${owner}${by(until)}`,
  },
  messageBy: (message, channel) => (channel === undefined ? message : `${message} por ${channel}`),
  alert: (name, owner) => `aviso ${name} para ${owner}`,
  effectOn: (name) => `aplicar ${name}`,
  effectOff: (name) => `retirar ${name}`,
  fee: (name, sums) => `lançar ${name}${sums === undefined ? '' : ` de ${sums}`}`,
  handover: (to) => `entregar para ${to}`,
  legal: 'o jurídico',
  agency: 'a agência',
  writeOff: (owner) => `decidir se é baixado como perda: ${owner}`,
  task: (what, owner) => `${what}: ${owner}`,
  anyTask: 'tarefa',
  anyOwner: 'quem cuida da conta',
  outcome: {
    unknown: (why) => `não se sabe se saiu (${why}); é preciso esclarecer`,
    delayed: (why) => `ainda não enviado (${why}); será tentado de novo`,
    refused: (why) => `recusado em definitivo: ${why}`,
    failed: (why) => `não foi possível tratar: ${why}`,
    misconfigured: (why) => `o canal não está bem configurado: ${why}`,
    notReviewed: (why) => `não foi possível revisar: ${why}`,
  },
  limit: (most, counts, per) =>
    `${most} ${counts === 'people' ? 'pessoas' : 'mensagens'} por ${{ second: 'segundo', minute: 'minuto', hour: 'hora', day: 'dia' }[per]}`,
  counts: {
    sent: (count, one) => `${count} ${one ? 'enviada' : 'enviadas'}`,
    waiting: (count) => `${count} em espera`,
    skipped: (count, one) => `${count} ${one ? 'pulada' : 'puladas'}`,
    tasks: (count, one) => `${count} ${one ? 'tarefa' : 'tarefas'}`,
    failed: (count) => `${count} com falha`,
  },
  heads: { sent: 'enviada', waiting: 'espera', skipped: 'pulada', tasks: 'tarefa', failed: 'falha' },
  more: (count) => `… e mais ${count}`,
  invoicesMore: (some, count) => `${some} e mais ${count}`,
  next: (when) => `próximo: ${when}`,
  nothingBefore: (when) => `nada na vez antes de ${when}`,
  nothingPlanned: 'nada na vez e nada planejado',
  messageWaits: (when) => `uma mensagem espera a próxima tentativa, ${when}`,
  paused: (channel, since, author) =>
    `${channel === undefined ? 'nada sai' : `nada sai por ${channel}`}: em pausa por ${author}, ${since}`,
};
