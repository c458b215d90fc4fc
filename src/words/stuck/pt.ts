import type { StuckWords } from './words.js';

export const pt: StuckWords = {
  nothing: 'Não há nada parado.',
  unknown: (count, one) =>
    `${count} ${one ? 'mensagem da qual' : 'mensagens das quais'} ninguém sabe se ${one ? 'saiu: procure-a e resolva-a' : 'saíram: procure-as e resolva-as'}`,
  leases: (count, one) =>
    `${count} ${one ? 'ato cujo processo' : 'atos cujos processos'} não ${one ? 'dá' : 'dão'} sinais: a próxima execução cuida disso`,
  circuits: (count, one) => `${count} ${one ? 'coisa retida porque falha' : 'coisas retidas porque falham'}`,
  rates: (count, one) =>
    `${count} ${one ? 'limite atingido' : 'limites atingidos'}: o que fica sai por si só`,
  rate: (whose, limit, until) => `${whose}: ${limit}; continua em ${until}`,
  overdue: (count, one) =>
    `${count} ${one ? 'mensagem que já deveria' : 'mensagens que já deveriam'} ter saído: há um processo em execução?`,
  reviews: (count, one) =>
    `${count} ${one ? 'conta à espera de revisão há muito tempo' : 'contas à espera de revisão há muito tempo'}`,
  lapsing: (count, one) =>
    `${count} ${one ? 'proposta prestes a caducar: aprove, confirme ou descarte' : 'propostas prestes a caducar: aprove, confirme ou descarte'}`,
  deadLetters: (count, one) =>
    `${count} ${one ? 'mensagem que não saiu e que nada substituiu: corrija a causa e tente de novo' : 'mensagens que não saíram e que nada substituiu: corrija a causa e tente de novo'}`,
  aside: (count, one) =>
    `${count} ${one ? 'mensagem ou recibo que chegou e não pôde ser processado: corrija a causa e processe de novo' : 'mensagens ou recibos que chegaram e não puderam ser processados: corrija a causa e processe de novo'}`,
  line: (what, since, why) => `${what}, desde ${since}${why === undefined ? '' : `: ${why}`}`,
  scope: {
    account: (channel) => `a conta por trás de ${channel}`,
    sender: (channel, name) => `o remetente ${name} de ${channel}`,
    template: (channel, name) => `o modelo ${name} de ${channel}`,
    recipient: (channel, name) => `${name} por ${channel}`,
    pair: (channel, name) => `${name} por ${channel}`,
  },
  nextProbe: (when) => `nova tentativa em ${when}`,
  until: (day) => `até ${day}`,
  more: (count) => `… e mais ${count}`,
};
