import type { ImpactWords } from './words.js';

const of = (amounts: string | undefined): string => (amounts === undefined ? '' : ` (${amounts})`);

export const pt: ImpactWords = {
  title: (affected, all, one, when) =>
    `Simulação${when === undefined ? '' : ` para ${when}`}: algo muda para ${affected} de ${all} ${one ? 'conta' : 'contas'}.`,
  nothing: (all, one) =>
    `Nada muda na próxima rodada para ${one ? 'a única conta' : `nenhuma de ${all} contas`}.`,
  heads: { messages: 'Mensagens', fees: 'Encargos', levels: 'Níveis', cases: 'Casos' },
  gained: (count, amounts) => `${count} a mais${of(amounts)}`,
  lost: (count, amounts) => `${count} a menos${of(amounts)}`,
  changed: (count, after, before) =>
    `${count} com mudanças${after === undefined || before === undefined ? '' : ` (${after} em vez de ${before})`}`,
  levels: {
    gained: (count, one) => `${count} ${one ? 'alcança um primeiro nível' : 'alcançam um primeiro nível'}`,
    lost: (count, one) => `${count} ${one ? 'perde o seu nível' : 'perdem o seu nível'}`,
    raised: (count, one) => `${count} ${one ? 'sobe' : 'sobem'}`,
    lowered: (count, one) => `${count} ${one ? 'desce' : 'descem'}`,
    other: (count, one) =>
      `${count} ${one ? 'passa a outra etapa do mesmo nível' : 'passam a outra etapa do mesmo nível'}`,
  },
  cases: {
    kept: (count, one) => `${count} ${one ? 'segue como está' : 'seguem como estão'}`,
    adopted: (count, one) => `${count} ${one ? 'adota outra versão' : 'adotam outra versão'}`,
    mapped: (count, one) =>
      `${count} ${one ? 'adota outra versão com etapas renomeadas' : 'adotam outra versão com etapas renomeadas'}`,
    closed: (count, one) => `${count} ${one ? 'é encerrado' : 'são encerrados'}`,
    opened: (count, one) => `${count} ${one ? 'é aberto' : 'são abertos'}`,
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
  moreAccounts: (count, one) => `… e mais ${count} ${one ? 'conta' : 'contas'}`,
};
