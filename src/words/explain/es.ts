import type { ExplainWords } from './words.js';

const now = (found: string | undefined): string => (found === undefined ? '' : ` (ahora ${found})`);

export const es: ExplainWords = {
  title: (account, day, zone) => `${account}, ${day} (${zone})`,
  segment: (name) => `segmento: ${name}`,
  owesNothing: 'no debe nada que conste',
  settled: (count, one) => `${count} ${one ? 'documento saldado' : 'documentos saldados'}`,
  nextLook: (when, stages) => `próxima revisión: ${when}${stages === undefined ? '' : ` → ${stages}`}`,
  open: (amount) => `saldo ${amount}`,
  mayBeChased: (amount) => `de los que se pueden reclamar ${amount}`,
  nothingChased: 'de los que no se puede reclamar nada',
  due: (day, days, when) =>
    when === 'today'
      ? `vence hoy (${day})`
      : when === 'ago'
        ? `venció el ${day} (hace ${days})`
        : `vence el ${day} (en ${days})`,
  noDue: 'sin vencimiento',
  guards: {
    owed: 'nada que reclamar',
    account: 'cuenta',
    policy: 'política',
    not_blocked: 'retenida',
    not_under_way: 'en curso',
    date: 'fecha',
    condition: 'condición',
    order: 'orden de las etapas',
    recipient: 'destinatario',
    contact_rules: 'reglas de contacto',
  },
  acts: (stage, to, channel) => {
    const place = `${to === undefined ? '' : ` a ${to}`}${channel === undefined ? '' : ` por ${channel}`}`;
    return `Actúa ahora${stage === undefined ? '' : `: ${stage}`}${place}.`;
  },
  chosen: {
    invoice: () => 'las facturas nombran a este contacto',
    fallback: (role) => `no se puede alcanzar a nadie con el rol ${role}`,
    preference: () => 'el contacto prefiere este canal',
    lastWorked: () => 'por este canal se alcanzó al contacto la última vez',
  },
  passed: (places) => `no es posible: ${places}`,
  done: (why) => `Nada que reclamar: ${why}.`,
  notYet: (stage, day) => `Todavía no toca nada; ${stage} llega el ${day}.`,
  stopped: (guard, why) => `Ahora no sale nada (${guard}): ${why}.`,
  waits: (stage) => `${stage} espera`,
  until: (when) => `hasta el ${when}`,
  again: (when) => `Se vuelve a mirar el ${when}`,
  block: (name, reason, amount) =>
    [name, reason && `(${reason})`, amount && `por ${amount}`].filter((part) => part !== undefined).join(' '),
  wouldOne: 'Qué lo cambiaría:',
  wouldAny: 'Qué lo cambiaría, cualquiera de estas cosas:',
  all: (parts) => parts.join(' y además '),
  more: (count) => `… y ${count} más`,
  group: (carrier) => `Avanza junto con otras; ${carrier} lleva al grupo.`,
  policy: (name, by) => `${name} (por ${by})`,
  assignedBy: {
    person: 'una persona',
    invoice: 'la factura',
    account: 'la cuenta',
    branch: 'la sucursal',
    entity: 'la entidad legal',
    area: 'el área de cobranza',
    experiment: 'un experimento',
    segment: 'el segmento',
    everybody: 'el plan, para todos',
    default: 'defecto del plan',
    none: 'nada',
  },
  change: {
    wait: (when) => `esperar hasta el ${when}`,
    found: (condition, found) => `${condition} (ahora ${found})`,
    notKnown: 'no se conoce',
    not: (condition) => `que no se cumpla: ${condition}`,
    owed: (amount) => `${amount} más de saldo`,
    chased: (amount) => `${amount} más que se puedan reclamar`,
    block: {
      release: (what) => `levantar la retención ${what}`,
      settle: (what) => `resolver la disputa ${what}`,
      cancel: (what) => `anular el compromiso de pago ${what}`,
      book: (what) => `contabilizar el pago ${what} o decir que no llegará`,
      handle: (what) => `contestar la respuesta del deudor ${what}`,
      end: (what) => `terminar el plan de pagos ${what}`,
      refresh: (what) => `poner al día la fuente ${what}`,
      apply: (what) => `aplicar a facturas el dinero recibido ${what}`,
    },
    lasts: (day) => `dura hasta el ${day}`,
    person: (owner) => `liberar la conversación que lleva ${owner}`,
    takeBack: (to) => `recuperarla de ${to}`,
    account: (account) => `sincronizar la cuenta ${account} misma`,
    status: (wanted, found) => `${wanted === undefined ? 'otro estado' : `estado ${wanted}`}${now(found)}`,
    type: (wanted, found) =>
      `${wanted === undefined ? 'otro tipo de documento' : `tipo de documento ${wanted}`}${now(found)}`,
    dueDate: 'darle un vencimiento',
    assignment: (policy) =>
      policy === undefined
        ? 'asignar una política activa'
        : `asignar una política distinta de ${policy}, o activarla`,
    act: {
      proposed: (stage) => `aprobar, confirmar o descartar la propuesta de ${stage}`,
      planned: (stage) => `esperar a que salga el mensaje de ${stage}`,
      unknown: (stage) => `decir si salió el mensaje de ${stage}`,
    },
    byHand: (stage, channel) => `hacer la ${channel} de ${stage} y decir qué resultó`,
    stage: {
      done: (stage) => `que antes se haga ${stage}`,
      proposed: (stage) => `que antes se proponga ${stage}`,
      delivered: (stage) => `que antes se entregue el mensaje de ${stage}`,
    },
    ask: (stage) => `pedir ${stage} a mano`,
    run: 'pedir una corrida',
    cap: (of, id, found, wanted) =>
      `subir el tope de nivel de la ${of === 'account' ? 'cuenta' : 'factura'} ${id} a ${wanted}${now(found)}`,
    threshold: (currency) => `indicar un importe en ${currency}, o qué vale cuando no lo hay`,
    rate: (from, to) => `dar al plan un tipo de cambio de ${from} a ${to}`,
    consent: {
      none: (contact, channel) =>
        `registrar el consentimiento ${contact === undefined ? 'del contacto' : `de ${contact}`} para ${channel}`,
      withdrawn: (contact, channel) =>
        `obtener de nuevo el consentimiento ${contact === undefined ? 'del contacto' : `de ${contact}`} para ${channel} (retirado)`,
    },
    address: {
      missing: (contact, channel) =>
        contact === undefined
          ? `añadir un contacto para ${channel}`
          : `añadir una dirección de ${contact} para ${channel}`,
      unusable: (contact, channel) =>
        `corregir la dirección de ${contact ?? 'contacto'} para ${channel}, que fue rechazada`,
      resting: (contact, channel, when) =>
        `esperar hasta el ${when}, cuando se vuelve a probar la dirección de ${contact ?? 'contacto'} para ${channel}, o a una señal de vida`,
      tried: (contact, channel) =>
        `otra dirección de ${contact ?? 'contacto'} para ${channel}; esta ya se intentó`,
    },
    channel: (channel) => `configurar ${channel}`,
    text: (message, channel) => `escribir un texto de ${message} para ${channel}`,
    contact: (when, why) =>
      when === undefined ? `cambiar las reglas de contacto (${why})` : `esperar hasta el ${when} (${why})`,
  },
};
