import type { ExplainWords } from './words.js';

const now = (found: string | undefined): string => (found === undefined ? '' : ` (agora ${found})`);

export const pt: ExplainWords = {
  title: (account, day, zone) => `${account}, ${day} (${zone})`,
  segment: (name) => `segmento: ${name}`,
  owesNothing: 'não deve nada que conste',
  settled: (count, one) => `${count} ${one ? 'título quitado' : 'títulos quitados'}`,
  nextLook: (when, stages) => `próxima revisão: ${when}${stages === undefined ? '' : ` → ${stages}`}`,
  open: (amount) => `saldo de ${amount}`,
  mayBeChased: (amount) => `dos quais ${amount} podem ser cobrados`,
  nothingChased: 'dos quais nada pode ser cobrado',
  due: (day, days, when) =>
    when === 'today'
      ? `vence hoje (${day})`
      : when === 'ago'
        ? `venceu em ${day} (há ${days})`
        : `vence em ${day} (em ${days})`,
  noDue: 'sem vencimento',
  guards: {
    owed: 'nada a cobrar',
    account: 'conta',
    policy: 'política',
    not_blocked: 'retido',
    not_under_way: 'em andamento',
    date: 'data',
    condition: 'condição',
    order: 'ordem das etapas',
    recipient: 'destinatário',
    contact_rules: 'regras de contato',
  },
  acts: (stage, to, channel) => {
    const place = `${to === undefined ? '' : ` para ${to}`}${channel === undefined ? '' : ` por ${channel}`}`;
    return `Age agora${stage === undefined ? '' : `: ${stage}`}${place}.`;
  },
  chosen: {
    invoice: () => 'as faturas indicam este contato',
    fallback: (role) => `ninguém com o papel ${role} pode ser alcançado`,
    preference: () => 'o contato prefere este canal',
    lastWorked: () => 'por este canal o contato foi alcançado da última vez',
  },
  passed: (places) => `não é possível: ${places}`,
  done: (why) => `Nada a cobrar: ${why}.`,
  notYet: (stage, day) => `Ainda não há nada na vez; ${stage} chega em ${day}.`,
  stopped: (guard, why) => `Agora não sai nada (${guard}): ${why}.`,
  waits: (stage) => `${stage} espera`,
  until: (when) => `até ${when}`,
  again: (when) => `Volta a ser visto em ${when}`,
  block: (name, reason, amount) =>
    [name, reason && `(${reason})`, amount && `de ${amount}`].filter((part) => part !== undefined).join(' '),
  wouldOne: 'O que mudaria isso:',
  wouldAny: 'O que mudaria isso, qualquer uma destas coisas:',
  all: (parts) => parts.join(' e também '),
  more: (count) => `… e mais ${count}`,
  group: (carrier) => `Avança junto com outros; ${carrier} puxa o grupo.`,
  policy: (name, by) => `${name} (por ${by})`,
  assignedBy: {
    person: 'uma pessoa',
    invoice: 'indicação do título',
    account: 'indicação da conta',
    branch: 'indicação da filial',
    entity: 'indicação da entidade legal',
    area: 'indicação da área de cobrança',
    experiment: 'um experimento',
    segment: 'indicação do segmento',
    everybody: 'indicação do plano, para todos',
    default: 'padrão do plano',
    none: 'nada',
  },
  change: {
    wait: (when) => `esperar até ${when}`,
    found: (condition, found) => `${condition} (agora ${found})`,
    notKnown: 'não é conhecido',
    not: (condition) => `que não se cumpra: ${condition}`,
    owed: (amount) => `mais ${amount} de saldo`,
    chased: (amount) => `mais ${amount} que possam ser cobrados`,
    block: {
      release: (what) => `liberar a suspensão ${what}`,
      settle: (what) => `resolver a disputa ${what}`,
      cancel: (what) => `cancelar a promessa ${what}`,
      book: (what) => `lançar o pagamento ${what} ou dizer que ele não virá`,
      handle: (what) => `responder ao contato do devedor ${what}`,
      end: (what) => `encerrar o plano de pagamento ${what}`,
      refresh: (what) => `atualizar a fonte ${what}`,
      apply: (what) => `alocar a faturas o dinheiro recebido ${what}`,
    },
    lasts: (day) => `dura até ${day}`,
    person: (owner) => `liberar a conversa que ${owner} conduz`,
    takeBack: (to) => `retomar o caso que está com ${to}`,
    account: (account) => `sincronizar a própria conta ${account}`,
    status: (wanted, found) =>
      `${wanted === undefined ? 'outra situação' : `situação ${wanted}`}${now(found)}`,
    type: (wanted, found) =>
      `${wanted === undefined ? 'outro tipo de documento' : `tipo de documento ${wanted}`}${now(found)}`,
    dueDate: 'dar-lhe um vencimento',
    assignment: (policy) =>
      policy === undefined
        ? 'atribuir uma política ativa'
        : `atribuir outra política que não ${policy}, ou ativá-la`,
    act: {
      proposed: (stage) => `aprovar, confirmar ou descartar a proposta de ${stage}`,
      planned: (stage) => `esperar que a mensagem de ${stage} saia`,
      unknown: (stage) => `dizer se a mensagem de ${stage} saiu`,
    },
    byHand: (stage, channel) => `fazer a ${channel} de ${stage} e dizer o que resultou`,
    stage: {
      done: (stage) => `que antes seja feita ${stage}`,
      proposed: (stage) => `que antes seja proposta ${stage}`,
      delivered: (stage) => `que antes seja entregue a mensagem de ${stage}`,
    },
    ask: (stage) => `pedir ${stage} à mão`,
    run: 'pedir uma rodada',
    cap: (of, id, found, wanted) =>
      `elevar o teto de nível ${of === 'account' ? 'da conta' : 'do título'} ${id} para ${wanted}${now(found)}`,
    threshold: (currency) => `indicar um valor em ${currency}, ou o que vale quando não há`,
    rate: (from, to) => `dar ao plano uma taxa de câmbio de ${from} para ${to}`,
    consent: {
      none: (contact, channel) =>
        `registrar o consentimento ${contact === undefined ? 'do contato' : `de ${contact}`} para ${channel}`,
      withdrawn: (contact, channel) =>
        `obter de novo o consentimento ${contact === undefined ? 'do contato' : `de ${contact}`} para ${channel} (retirado)`,
    },
    address: {
      missing: (contact, channel) =>
        contact === undefined
          ? `incluir um contato para ${channel}`
          : `incluir um endereço de ${contact} para ${channel}`,
      unusable: (contact, channel) =>
        `corrigir o endereço de ${contact ?? 'contato'} para ${channel}, que foi recusado`,
      resting: (contact, channel, when) =>
        `esperar até ${when}, quando se tenta de novo o endereço de ${contact ?? 'contato'} para ${channel}, ou um sinal de vida`,
      tried: (contact, channel) =>
        `outro endereço de ${contact ?? 'contato'} para ${channel}; este já foi tentado`,
    },
    channel: (channel) => `configurar ${channel}`,
    text: (message, channel) => `escrever um texto de ${message} para ${channel}`,
    contact: (when, why) =>
      when === undefined ? `mudar as regras de contato (${why})` : `esperar até ${when} (${why})`,
  },
};
