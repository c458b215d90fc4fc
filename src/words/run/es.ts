import type { RunWords } from './words.js';

const by = (until: string | undefined): string => (until === undefined ? '' : `, hasta el ${until}`);

export const es: RunWords = {
  approve: (message, until) => `aprobar ${message}${by(until)}`,
  doByHand: (message, until) => `hacer ${message} a mano y confirmarlo${by(until)}`,
  byHand: {
    call: (message, owner, until) => `llamar por ${message}: ${owner}${by(until)}`,
    letter: (message, owner, until) => `imprimir y enviar la carta ${message}: ${owner}${by(until)}`,
  },
  messageBy: (message, channel) => (channel === undefined ? message : `${message} por ${channel}`),
  alert: (name, owner) => `aviso ${name} para ${owner}`,
  effectOn: (name) => `aplicar ${name}`,
  effectOff: (name) => `levantar ${name}`,
  fee: (name, sums) => `contabilizar ${name}${sums === undefined ? '' : ` de ${sums}`}`,
  handover: (to) => `entregar a ${to}`,
  legal: 'legal',
  agency: 'la agencia',
  writeOff: (owner) => `decidir si se castiga: ${owner}`,
  task: (what, owner) => `${what}: ${owner}`,
  anyTask: 'tarea',
  anyOwner: 'quien lleva la cuenta',
  outcome: {
    unknown: (why) => `no se sabe si salió (${why}); hay que aclararlo`,
    delayed: (why) => `aún no se envió (${why}); se intenta de nuevo`,
    refused: (why) => `rechazado de forma definitiva: ${why}`,
    failed: (why) => `no se pudo atender: ${why}`,
    misconfigured: (why) => `el canal no está bien configurado: ${why}`,
    notReviewed: (why) => `no se pudo revisar: ${why}`,
  },
  limit: (most, counts, per) =>
    `${most} ${counts === 'people' ? 'personas' : 'mensajes'} por ${{ second: 'segundo', minute: 'minuto', hour: 'hora', day: 'día' }[per]}`,
  counts: {
    sent: (count, one) => `${count} ${one ? 'enviado' : 'enviados'}`,
    waiting: (count) => `${count} en espera`,
    skipped: (count, one) => `${count} ${one ? 'omitido' : 'omitidos'}`,
    tasks: (count, one) => `${count} ${one ? 'tarea' : 'tareas'}`,
    failed: (count, one) => `${count} ${one ? 'fallido' : 'fallidos'}`,
  },
  heads: { sent: 'enviado', waiting: 'espera', skipped: 'omitido', tasks: 'tarea', failed: 'fallido' },
  more: (count) => `… y ${count} más`,
  invoicesMore: (some, count) => `${some} y ${count} más`,
  next: (when) => `próximo: ${when}`,
  nothingBefore: (when) => `no toca nada antes del ${when}`,
  nothingPlanned: 'no toca nada ni hay nada planificado',
  messageWaits: (when) => `un mensaje espera el próximo intento, ${when}`,
  paused: (channel, since, author) =>
    `${channel === undefined ? 'no sale nada' : `no sale nada por ${channel}`}: en pausa por ${author}, ${since}`,
};
