import { type Rules, stopAndLittleMore } from './rules.js';

/** Who says so does not know. */
const guesses: readonly RegExp[] = [
  /\b(?:creo|supongo|parece|imagino|dicen?|dijo|dijeron|comentan?|a lo mejor|tal vez|quizas?|probablemente|posiblemente|no recuerdo|no estoy segur[oa]|ojala|deberia|podria|podriamos|pagaria|pagariamos)\b/,
  /\bno se (?:si|cuando|cuanto|que|bien|nada)\b|\b(?:espero|esperamos|pienso|pensamos) (?:poder )?(?:pagar|cancelar|transferir|depositar|abonar|liquidar)\b/,
  /\b(?:revis\w+|chec\w+|verific\w+|valid\w+|confirm\w+|pregunt\w+|ver|averigu\w+) (?:\w+ ){0,2}si\b/,
];
/** Of all that is owed, or a part of it: who writes down the whole would be wrong. */
const parts: readonly RegExp[] = [
  /\b(?:mitad|una parte|parcial\w*|abonos|(?:un|de|hice|mi) abono|abono (?:de|por)|a cuenta|anticipo|el resto|lo demas|restante|por ciento|cada|quincenal\w*|mensual\w*|semanal\w*|solo|nomas|unicamente)\b/,
];
const conditions: readonly RegExp[] = [
  /\bsi (?:me|nos|te|se|no|hay|todo|ustedes|usted|puedo|puede|pueden|quieren|mandan|envian|llega|cae|entra|tengo|tenemos|les|le|alcanz\w+)\b/,
  /\b(?:cuando|en cuanto|hasta que|una vez que|apenas|siempre y cuando|a menos que|contra entrega)\b/,
];
/** "Pagamos el lunes" was last Monday, or will be the next one. */
const tenses: readonly RegExp[] = [
  /\b(?:pagamos|cancelamos|transferimos|depositamos|abonamos|liquidamos|consignamos) (?:\w+ ){0,4}(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)\b/,
  /\b(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo) (?:\w+ ){0,2}(?:pagamos|cancelamos|transferimos|depositamos|abonamos|liquidamos|consignamos)\b/,
];
/** Amounts are for a person to compare. */
const amounts: readonly RegExp[] = [
  /\b\d[\d.]*(?: mil| millones)? (?:pesos|mxn|usd|dolares|euros|soles|mil|k|por ciento)\b/,
  /\b(?:pag\w+|abon\w+|deposit\w+|transf\w+) (?:(?:unos|los|le|les|solo|como) )?\d{3,}\b(?![/.-])/,
];

/** Spanish of Spain and Latin America. `cancelar una factura` is to pay it. */
export const es: Rules = {
  says: {
    paid: [
      /\b(?:ya|ayer|antier|anteayer) (?:\w+ ){0,3}(?:pague|pagamos|pagad[oa]s?|cancele|cancelamos|cancelad[oa]s?|transferi|transferimos|deposite|depositamos|abone|abonamos|liquide|liquidamos|liquidad[oa]s?|consigne|consignamos|pagaron|depositaron|transfirieron)\b/,
      /\b(?:hoy|esta manana) (?:\w+ ){0,3}(?:pague|transferi|deposite|abone|liquide|consigne|cancele)\b/,
      // "Esta semana" and "esta factura" are no verbs.
      /\b(?:esta|estan|fue|fueron|quedo|quedaron) (?:ya )?(?:pagad[oa]s?|liquidad[oa]s?|saldad[oa]s?|cancelad[oa]s?)\b/,
      /\b(?:pague|pagamos|transferi|transferimos|deposite|depositamos|consigne|consignamos|cancele|cancelamos) (?:\w+ ){0,4}(?:ayer|antier|anteayer|esta manana|la semana pasada|el mes pasado|hace (?:\w+ ){1,2}(?:dias?|semanas?|mes(?:es)?))\b/,
      /\b(?:pague|transferi|deposite|consigne|cancele) (?:\w+ ){0,4}(?:hoy|el (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)(?: pasado)?)\b/,
      /\b(?:hice|hicimos|realice|realizamos|efectue|efectuamos|envie|enviamos|mande|mandamos) (?:ya )?(?:el|la|un|una|mi|su)? ?(?:pago|transferencia|deposito|abono|consignacion|comprobante|spei|bizum)\b/,
      /\bse (?:realizo|hizo|efectuo|envio|mando) (?:ya )?(?:el|la|su) (?:pago|transferencia|deposito|abono|consignacion|spei)\b/,
      /\b(?:pago|transferencia|deposito|spei) (?:ya )?(?:se (?:realizo|hizo|efectuo|envio)|fue (?:realizad|hech|efectuad|enviad)[oa]|realizad[oa]|efectuad[oa]|hech[oa])\b/,
      /\b(?:adjunto|anexo|envio|aqui (?:esta|va)|(?:te|le|les) (?:envio|mando|adjunto|anexo|comparto|paso)) (?:el |mi |un )?(?:comprobante|recibo|soporte|voucher)\b/,
      /\b(?:ha sido|han sido|he|hemos|ya se|se) (?:pagado|pagados|cancelado|transferido|depositado|abonado|liquidado|pago|deposito|transfirio|liquido)\b/,
      /\bacab(?:o|amos|e) de (?:pagar|cancelar|transferir|depositar|liquidar|abonar|consignar|hacer (?:el|la|un|una) (?:pago|transferencia|deposito))\b/,
      /^(?:(?:listo|ok|hola|buenas?|buen(?:os)? dias?|buenas tardes|ya) )*(?:pagad[oa]|pague)(?: (?:gracias|saludos|todo))*$/,
    ],
    promise: [
      /\b(?:pagare|pagaremos|pagaria|pagariamos|pagara|pagaran|cancelare|cancelaremos|transferire|transferiremos|depositare|depositaremos|abonare|abonaremos|consignare|consignaremos|liquidare|liquidaremos)\b/,
      /\b(?:voy|vamos|va|van) a (?:pagar|cancelar|transferir|depositar|abonar|consignar|liquidar|(?:hacer|realizar) (?:el|la|un|una) (?:pago|transferencia|deposito))\b/,
      /(?<!\b(?:el|un|de|del|mi|su|este|ese|al|hice|se|ningun|contra) )\b(?:pago|pagamos|cancelo|cancelamos|transfiero|transferimos|deposito|depositamos|abono|abonamos|consigno|liquido)\b/,
      /\b(?:se|le|les|te|lo|la) (?:paga|pago|transfiere|transfiero|deposita|deposito|estare pagando|estaremos pagando|realiza(?:ra)? el pago|pagan)\b/,
      /\b(?:hago|hacemos|hare|haremos|realizo|realizare|realizaremos|mando|mandamos) (?:el|la|un|una|su) (?:pago|transferencia|deposito|spei|bizum)\b/,
      /\b(?:queda|quedara|quedan|estara|sera|seran|saldra) (?:ya )?(?:pagad[oa]s?|liquidad[oa]s?|saldad[oa]s?|depositad[oa]s?|transferid[oa]s?)\b/,
      /\b(?:pago|transferencia|deposito) (?:\w+ )?(?:sale|saldra|quedara|queda|entra|cae|se (?:hara|realizara|hace|realiza))\b|\bsale (?:el|su) pago\b/,
      /\b(?:pago|transferencia) (?:esta |queda |quedo )?programad[oa]\b|\b(?:programamos|programe|se programa|programo) (?:el |su |la |para |un )*(?:pago|transferencia)\b|\bentra en (?:la )?(?:proxima )?(?:programacion|corrida) de pagos?\b/,
      /(?<!\bno (?:te |le |les |lo |la |nos )?)\b(?:puedo|podemos|podria|podriamos|espero|esperamos|pienso|pensamos) (?:\w+ )?(?:pagar|cancelar|transferir|depositar|abonar|liquidar)(?:l[aoe]s?)?\b/,
      /\b(?:prometo|prometemos|me comprometo a|nos comprometemos a|podre|podremos) (?:pagar|liquidar|cancelar|depositar|transferir)(?:l[aoe]s?)?\b|\b(?:paso|pasamos|pasare) (?:\w+ ){0,2}a (?:pagar|liquidar)\b/,
      // "Hasta mañana" alone is a farewell.
      /\b(?:dar(?:nos|me)|da(?:me|nos)|de(?:me|nos|nme|nnos)|esper(?:ar(?:me|nos)?|enme|ennos|eme|enos|ame|anos|en|a)|aguant(?:eme|ame|enme)|plazo)(?: \w+){0,2} (?:hasta|al|a)\b/,
    ],
    cannot_pay: [
      /\bno (?:\w+ ){0,2}(?:puedo|podemos|podre|podremos) (?:\w+ ){0,2}(?:pagar|cancelar|cubrir|liquidar|cumplir|abonar)\b/,
      /\bno (?:tengo|tenemos|hay|contamos con|cuento con|alcanza|nos alcanza|me alcanza)(?: (?:el|la|para|con|como|suficiente))* ?(?:dinero|plata|liquidez|fondos|recursos|efectivo|flujo|pagar|pago)\b/,
      /\bsin (?:liquidez|fondos|dinero|recursos|flujo|plata)\b/,
      /\b(?:problemas?|dificultad(?:es)?|situacion|crisis) (?:\w+ ){0,2}(?:liquidez|flujo|caja|economic[oa]s?|financier[oa]s?)\b/,
      /\b(?:plan|acuerdo|convenio|facilidad(?:es)?) de pagos?\b|\bfacilidades\b|\b(?:en|a) (?:\w+ )?(?:cuotas|parcialidades|partes|plazos|abonos|pagos)\b/,
      /\b(?:prorroga|refinancia\w*|aplaza\w*|reestructura\w*|mas (?:plazo|tiempo))\b/,
    ],
    dispute: [
      /\bno (?:\w+ ){0,2}(?:reconozco|reconocemos|corresponde|procede|estoy de acuerdo|estamos de acuerdo|es correct[oa]|es nuestr[oa]|es mi[ao]|recibi|recibimos|he recibido|hemos recibido|llego|llegaron|solicite|solicitamos|pedi|pedimos|debo|debemos|coincide)\b/,
      /\b(?:factura|cuenta|cobro|monto|importe|valor|cantidad|precio|saldo) (?:\w+ ){0,3}(?:equivocad[oa]|errone[oa]|incorrect[oa]|duplicad[oa]|errad[oa]|mal|indebid[oa])\b/,
      /\b(?:no|nunca) (?:compre|compramos|contrate|contratamos)\b|\bno es mi (?:deuda|factura|adeudo)\b/,
      /\bse equivoc\w+ (?:en|con) (?:el |la |su )?(?:monto|importe|factura|precio|cobro|cantidad|valor)\b|\b(?:me|nos) (?:cobraron|cobran|estan cobrando) de mas\b/,
      /\b(?:error|inconsistencia|diferencia) en (?:la|el|su|los) (?:factura|cobro|monto|importe|precio|valor|cargo)s?\b/,
      /\b(?:falta|esperamos|esperando|pendiente|emitan|emitir|hagan|envien) (?:la |una |su )?nota de credito\b/,
      /\b(?:devolvimos|devolvi|devolucion|reclamo|reclamacion|disputa|impugn\w+|mercancia danada|producto danado|incompleto|incompleta|defectuos[oa]s?)\b/,
    ],
    stop: [
      stopAndLittleMore,
      /\bno (?:me |nos )?(?:vuelvan a |vuelva a |vuelvas a |esten )?(?:escrib(?:an|as|a|ir|irme|iendo)|contact(?:en|e|es|ar|arme)|molest(?:en|e|es|ar|ando)|busquen)\b/,
      /\bno (?:me |nos )?(?:envi|mand)(?:en|e|es)(?: mas| ya)*(?:$| (?:mensajes?|nada|correos?|recordatorios?|avisos?|notificaciones|whatsapps?|sms|por aqui|por este medio|a este (?:numero|correo)))/,
      /\bno (?:quiero|queremos|deseo|deseamos) (?:\w+ )?recibir (?:mas |sus )?(?:mensajes?|nada|correos?|recordatorios?|avisos?|notificaciones|whatsapps?|sms|esto|estos)\b/,
      /\b(?:dejen|deje|deja|dejar) de (?:\w+ )?(?:escribir|enviar|mandar|molestar|contactar|hostigar|acosar|chingar|fregar|joder)\w*\b|\bdeje(?:n|)(?:me|nos) en paz\b/,
      /\b(?:no (?:me |nos )?llam(?:en|e|es)|(?:dejen|deje|deja|dejar) de llamar\w*)\b/,
      /\b(?:eliminen|elimine|borren|borre|quiten|quite|saquen|saque) (?:mi (?:numero|contacto|correo)|me de)\b|\b(?:dar|de|den|da)(?:me|nos|se)? de baja\b|^baja (?:gracias|por favor|ya)$/,
      /\b(?:borren?|eliminen?|quiten?|saquen?|borra|quita|elimina|saca)(?:me|nos) (?:\w+ ){0,2}(?:lista|base|contactos)\b/,
      /\bcancel(?:en|e|ar|a) (?:el envio de |los |estos |las |sus )*(?:mensajes|recordatorios|notificaciones|avisos)\b|\bbasta de (?:mensajes|recordatorios)\b/,
    ],
    help: [
      /^(?:necesito |quiero )?ayuda\b/,
      /\b(?:hablar|comunicar\w*|contactar\w*) con (?:una persona|un asesor|un agente|alguien|un ejecutivo)\b/,
    ],
    other_person: [
      /\b(?:numero|persona|correo|destinatario) (?:equivocad[oa]|incorrect[oa])\b|\bse (?:equivoco|equivocaron|equivoca) (?:de |con el )(?:numero|persona)\b/,
      /\bya no (?:trabajo|trabaja|laboro|labora|soy|es el|es la|pertenezco|estoy en)\b|\bno trabajo (?:en|con|para|ahi|alli)\b/,
      /\bno (?:soy|somos) (?:el|la|esa|ese|quien|de esa|de la|yo)\b|\bno (?:lo |la )?conozco\b|\bno es mi (?:empresa|numero|factura)\b/,
    ],
  },
  unless: {
    paid: [
      /\b(?:no|aun no|todavia no|nunca|sin|tampoco) (?:\w+ ){0,3}(?:pague|pago|pagado|pagada|pagados|pagadas|pagamos|cancelado|cancelada|cancele|transferi|deposite|abonado|realizo|hizo)\b/,
      // What will be sent was not sent.
      /\b(?:manana|luego|ahorita|al rato|mas tarde|en un rato|el (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)) (?:\w+ ){0,3}(?:envio|mando|adjunto|comparto|paso)\b/,
    ],
    promise: [
      /\b(?:no|nunca|jamas|tampoco) (?:se |le |les |te |lo |la |nos |me )*(?:pago|pagare|pagaremos|pagara|pagamos|paga|voy a pagar|vamos a pagar|va a pagar)\b(?! (?:hoy|ahora|esta))/,
    ],
    dispute: [
      // Who has no document asks for it.
      /\bno (?:\w+ ){0,3}(?:recib\w+|lleg\w+|tengo) (?:\w+ ){0,2}(?:factura|recibo|correo|email|mail|mensaje|estado de cuenta|xml|pdf|cfdi|link|liga|enlace|pago|transferencia|deposito|documento|comprobante)\b/,
      /\b(?:factura|recibo|correo|xml|pdf|cfdi|liga|link) (?:\w+ )?(?:no|nunca) (?:\w+ ){0,2}(?:lleg\w+|recib\w+)\b/,
    ],
    stop: [
      /\bno (?:me |nos |se )?(?:dejen|deje|dejes|paren|pare) de\b|\bno (?:quiero|queremos|deseo) dar(?:me|nos|se) de baja\b/,
    ],
  },
  open: {
    paid: [
      ...guesses,
      ...parts,
      ...amounts,
      // To cancel a service is not to pay; a cancelled invoice may be an annulled one.
      /\bcancel\w+ (?:\w+ ){0,3}(?:servicio|suscripcion|contrato|pedido|orden|cuenta|cita|plan|linea|poliza|reserva|membresia|compra|cfdi|sat|ustedes|mensajes)\b|\b(?:fue|esta|estan|quedo) (?:ya )?cancelad[oa]s?\b/,
      /\b(?:mero|merito|casi|(?<!\b(?:esta|la) )manana|proxim[oa]|quedara|estara)\b/,
      /\bel (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo) (?:ya )?esta\b/,
      /\bel resto\b|\bstop\b/,
    ],
    promise: [...guesses, ...parts, ...conditions, ...amounts, ...tenses],
    dispute: [...guesses, ...parts, ...amounts],
    stop: [
      // Another way to be reached is no wish for silence.
      /\b(?:mejor|solo|sino|prefiero|en lugar|en vez|excepto|menos)\b|\b(?:escriban?|escribe|llamen?|llama|manden?|manda|envien?|envia|contacten?|contacta)(?:me|nos|l[ao]s?|mel[ao]s?)\b/,
      /\b(?:no (?:me |nos )?llam\w+|de llamar\w*)\b/,
      /\b(?:hasta|cuando)\b|\bbaja (?:de |del |el |la |mi )*(?:servicio|contrato|linea|suscripcion|plan|cuenta|poliza)\b/,
    ],
  },
  paidSum:
    /(?<!\b(?:que|me|nos|si) )\b(?:pague|transferi|deposite|consigne|abone|liquide|he (?:pagado|transferido|depositado|abonado)|hemos (?:pagado|transferido|depositado|abonado)) (?:\w+ ){0,2}xsumx\b/,
  asks: /^(?:como|cuando|cuanto|cuantos|cual|donde|quien|por que|que|puede|pueden|podria|podrian|me (?:puede|podria)|nos (?:puede|pueden|podria))\b/,
};
