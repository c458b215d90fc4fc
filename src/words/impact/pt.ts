import type { ImpactWords } from './words.js';

const of = (amounts: string | undefined): string => (amounts === undefined ? '' : ` (${amounts})`);

export const pt: ImpactWords = {
  title: (affected, all, when) =>
    `Simulação${when === undefined ? '' : ` para ${when}`}: algo muda para ${affected} de ${all} contas.`,
  nothing: (all) => `Nada muda na próxima rodada para nenhuma de ${all} contas.`,
  heads: { messages: 'Mensagens', fees: 'Encargos', levels: 'Níveis', cases: 'Casos' },
  gained: (count, amounts) => `${count} a mais${of(amounts)}`,
  lost: (count, amounts) => `${count} a menos${of(amounts)}`,
  changed: (count, after, before) =>
    `${count} com mudanças${after === undefined || before === undefined ? '' : ` (${after} em vez de ${before})`}`,
  levels: {
    gained: (count) => `${count} alcançam um primeiro nível`,
    lost: (count) => `${count} perdem o seu nível`,
    raised: (count) => `${count} sobem`,
    lowered: (count) => `${count} descem`,
    other: (count) => `${count} passam a outra etapa do mesmo nível`,
  },
  cases: {
    kept: (count) => `${count} seguem como estão`,
    adopted: (count) => `${count} adotam outra versão`,
    mapped: (count) => `${count} adotam outra versão com etapas renomeadas`,
    closed: (count) => `${count} são encerrados`,
    opened: (count) => `${count} são abertos`,
  },
  withdrawn: (count, one) =>
    one ? `${count} mensagem já decidida é retirada.` : `${count} mensagens já decididas são retiradas.`,
  failed: (count, one) =>
    one ? `Não foi possível comparar ${count} conta:` : `Não foi possível comparar ${count} contas:`,
  gains: (what) => `a mais: ${what}`,
  loses: (what) => `não mais: ${what}`,
  instead: (after, before) => `${after} em vez de ${before}`,
  feeGained: (fee, amount) => `encargo ${fee}: ${amount} a mais`,
  feeLost: (fee, amount) => `encargo ${fee}: não mais ${amount}`,
  feeChanged: (fee, after, before) => `encargo ${fee}: ${after} em vez de ${before}`,
  level: (item, after, before) =>
    after === undefined
      ? `${item}: não tem mais nível, hoje ${before ?? ''}`
      : `${item}: nível ${after}${before === undefined ? ', hoje nenhum' : ` em vez de ${before}`}`,
  ahead: (when) => `em ${when}`,
  more: (count) => `… e mais ${count}`,
  moreAccounts: (count) => `… e mais ${count} contas`,
};
