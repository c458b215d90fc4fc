import type { StuckWords } from './words.js';

export const es: StuckWords = {
  nothing: 'No hay nada atascado.',
  unknown: (count, one) =>
    `${count} ${one ? 'mensaje del que' : 'mensajes de los que'} nadie sabe si ${one ? 'salió: búsquelo y resuélvalo' : 'salieron: búsquelos y resuélvalos'}`,
  leases: (count, one) =>
    `${count} ${one ? 'acto cuyo proceso' : 'actos cuyos procesos'} no ${one ? 'da' : 'dan'} señales: la próxima ejecución se ocupa`,
  circuits: (count, one) =>
    `${count} ${one ? 'cosa retenida porque falla' : 'cosas retenidas porque fallan'}`,
  rates: (count, one) =>
    `${count} ${one ? 'límite alcanzado' : 'límites alcanzados'}: lo que queda sale por sí solo`,
  rate: (whose, limit, until) => `${whose}: ${limit}; sigue el ${until}`,
  overdue: (count, one) =>
    `${count} ${one ? 'mensaje que ya debería' : 'mensajes que ya deberían'} haber salido: ¿hay un proceso en marcha?`,
  reviews: (count, one) =>
    `${count} ${one ? 'cuenta pendiente de revisión desde hace mucho' : 'cuentas pendientes de revisión desde hace mucho'}`,
  lapsing: (count, one) =>
    `${count} ${one ? 'propuesta a punto de caducar: apruébela, confírmela o descártela' : 'propuestas a punto de caducar: apruébelas, confírmelas o descártelas'}`,
  deadLetters: (count, one) =>
    `${count} ${one ? 'mensaje que no salió y que nada reemplazó: corrija la causa y reinténtelo' : 'mensajes que no salieron y que nada reemplazó: corrija la causa y reinténtelos'}`,
  aside: (count, one) =>
    `${count} ${one ? 'mensaje o acuse recibido que no se pudo procesar: corrija la causa y tómelo de nuevo' : 'mensajes o acuses recibidos que no se pudieron procesar: corrija la causa y tómelos de nuevo'}`,
  line: (what, since, why) => `${what}, desde el ${since}${why === undefined ? '' : `: ${why}`}`,
  scope: {
    account: (channel) => `la cuenta detrás de ${channel}`,
    sender: (channel, name) => `el remitente ${name} de ${channel}`,
    template: (channel, name) => `la plantilla ${name} de ${channel}`,
    recipient: (channel, name) => `${name} por ${channel}`,
    pair: (channel, name) => `${name} por ${channel}`,
  },
  nextProbe: (when) => `se intenta de nuevo el ${when}`,
  until: (day) => `hasta el ${day}`,
  more: (count) => `… y ${count} más`,
};
