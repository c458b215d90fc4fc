import type { Rules } from './rules.js';

/** Spanish of Spain and Latin America. `cancelar una factura` is to pay it. */
export const es: Rules = {
  says: {
    paid: [
      /\b(?:ya|ayer|hoy|antier|fue|quedo|esta|estan|queda) (?:\w+ ){0,3}(?:pague|pagamos|pago|pagada|pagado|pagadas|pagados|cancele|cancelamos|cancelada|cancelado|canceladas|transferi|transferimos|deposite|depositamos|abone|abonamos|liquide|liquidamos|liquidada|consigne|consignamos)\b/,
      /\b(?:pague|pagamos|transferi|transferimos|deposite|depositamos|consigne|consignamos|cancele|cancelamos) (?:\w+ ){0,4}(?:ayer|hoy|antier|anteayer|esta manana|la semana pasada|el (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)(?: pasado)?)\b/,
      /\b(?:hice|hicimos|realice|realizamos|efectue|efectuamos|envie|enviamos|mande|mandamos) (?:ya )?(?:el|la|un|una|mi|su)? ?(?:pago|transferencia|deposito|abono|consignacion|comprobante)\b/,
      /\b(?:adjunto|anexo|envio|aqui (?:esta|va)|le (?:envio|mando|adjunto)) (?:el |mi |un )?(?:comprobante|recibo|soporte|voucher)\b/,
      /\b(?:ha sido|he|hemos|se) (?:pagado|cancelado|transferido|depositado|abonado|liquidado|pago)\b/,
    ],
    promise: [
      /\b(?:pagare|pagaremos|pagaria|pagariamos|cancelare|cancelaremos|transferire|transferiremos|depositare|depositaremos|abonare|abonaremos|consignare|consignaremos|liquidare|liquidaremos)\b/,
      /\b(?:voy|vamos|va) a (?:pagar|cancelar|transferir|depositar|abonar|consignar|liquidar|hacer el pago|realizar el pago)\b/,
      /(?<!\b(?:el|un|de|del|mi|su|este|ese|al|hice|ya|se) )\b(?:pago|pagamos|cancelo|cancelamos|transfiero|transferimos|deposito|depositamos|abono|abonamos|consigno|liquido)\b/,
      /\b(?:se|le|les|te) (?:paga|pago|transfiere|transfiero|deposita|deposito|estare pagando|estaremos pagando|realiza(?:ra)? el pago)\b/,
      /\b(?:pago|transferencia) (?:esta |queda |quedo )?programad[oa]\b|\b(?:programamos|programe) (?:el|su|la) (?:pago|transferencia)\b|\bentra en (?:la )?(?:proxima )?(?:programacion|corrida) de pagos?\b/,
      /\b(?:puedo|podemos|podria|podriamos|espero|esperamos|pienso|pensamos) (?:pagar|cancelar|transferir|depositar|abonar|liquidar)\b/,
      /\b(?:hasta|darnos hasta|darme hasta|esperar(?:me|nos)? (?:al|hasta))\b/,
    ],
    cannot_pay: [
      /\bno (?:\w+ ){0,2}(?:puedo|podemos|podre|podremos) (?:\w+ ){0,2}(?:pagar|cancelar|cubrir|liquidar|cumplir|abonar)\b/,
      /\bno (?:tengo|tenemos|hay|contamos con|cuento con|alcanza|nos alcanza|me alcanza)(?: (?:el|la|para|con|como|suficiente))* ?(?:dinero|plata|liquidez|fondos|recursos|efectivo|flujo|pagar|pago)\b/,
      /\bsin (?:liquidez|fondos|dinero|recursos|flujo|plata)\b/,
      /\b(?:problemas?|dificultad(?:es)?|situacion|crisis) (?:\w+ ){0,2}(?:liquidez|flujo|caja|economic[oa]s?|financier[oa]s?)\b/,
      /\b(?:plan|acuerdo|convenio|facilidad(?:es)?) de pagos?\b|\bfacilidades\b|\b(?:en|a) (?:cuotas|parcialidades|partes|plazos|abonos)\b/,
      /\b(?:prorroga|refinancia\w*|aplaza\w*|reestructura\w*|mas (?:plazo|tiempo))\b/,
    ],
    dispute: [
      /\bno (?:\w+ ){0,2}(?:reconozco|reconocemos|corresponde|procede|estoy de acuerdo|estamos de acuerdo|es correct[oa]|es nuestr[oa]|es mi[ao]|recibi|recibimos|he recibido|hemos recibido|llego|llegaron|solicite|solicitamos|pedi|pedimos|debo|debemos|coincide)\b/,
      /\b(?:factura|cuenta|cobro|monto|importe|valor|cantidad|precio|saldo) (?:\w+ ){0,3}(?:equivocad[oa]|errone[oa]|incorrect[oa]|duplicad[oa]|errad[oa]|mal|indebid[oa])\b/,
      /\b(?:error|inconsistencia|diferencia) en (?:la|el|su|los) (?:factura|cobro|monto|importe|precio|valor|cargo)s?\b/,
      /\b(?:falta|esperamos|esperando|pendiente|emitan|emitir|hagan|envien) (?:la |una |su )?nota de credito\b/,
      /\b(?:devolvimos|devolvi|devolucion|reclamo|reclamacion|disputa|impugn\w+|mercancia danada|producto danado|incompleto|incompleta|defectuos[oa]s?)\b/,
    ],
    stop: [
      /\bno (?:me |nos |quiero |queremos )?(?:\w+ )?(?:escriban?|escribas|envien|envie|envies|manden|mande|contacten|contacte|molesten|moleste|llamen|llame|recibir) ?(?:mas|mensajes|nada|por aqui|por este medio)?\b/,
      /\b(?:dejen|deje|deja|dejar) de (?:\w+ )?(?:escribir|enviar|mandar|molestar|llamar|contactar)\w*\b/,
      /\b(?:eliminen|elimine|borren|borre|quiten|quite|saquen|saque) (?:mi (?:numero|contacto|correo)|me de)\b|\bdar(?:me|nos)? de baja\b/,
    ],
    help: [
      /^(?:necesito |quiero )?ayuda\b/,
      /\b(?:hablar|comunicar\w*|contactar\w*) con (?:una persona|un asesor|un agente|alguien|un ejecutivo)\b/,
    ],
    other_person: [
      /\b(?:numero|persona|correo|destinatario) (?:equivocad[oa]|incorrect[oa])\b|\bse (?:equivoco|equivocaron|equivoca)\b/,
      /\bya no (?:trabajo|trabaja|laboro|labora|soy|es el|es la|pertenezco|estoy en)\b|\bno trabajo (?:en|con|para|ahi|alli)\b/,
      /\bno (?:soy|somos) (?:el|la|esa|ese|quien|de esa|de la|yo)\b|\bno (?:lo |la )?conozco\b|\bno es mi (?:empresa|numero|factura)\b/,
    ],
  },
  unless: {
    paid: [
      /\b(?:no|aun no|todavia no|nunca|sin) (?:\w+ ){0,3}(?:pague|pago|pagado|pagada|pagamos|cancelado|cancelada|cancele|transferi|deposite|abonado)\b/,
    ],
    promise: [
      /\b(?:no|nunca) (?:se |le |les |te |lo |la |nos |me )*(?:pago|pagare|pagaremos|pagamos|voy a pagar|vamos a pagar)\b(?! (?:hoy|ahora|esta))/,
    ],
  },
  asks: /^(?:como|cuando|cuanto|cuantos|cual|donde|quien|por que|que|puede|pueden|podria|podrian|me (?:puede|podria)|nos (?:puede|pueden|podria))\b/,
};
