import { type Rules, stopAndLittleMore } from './rules.js';

/** Who says so does not know. */
const guesses: readonly RegExp[] = [
  /\b(?:acho|creio|suponho|parece|talvez|provavelmente|possivelmente|nao lembro|nao tenho certeza|diz|disse|disseram|deveria|poderia|pagaria|tomara)\b|\bnao sei\b|\b(?:espero|pretendo|pretendemos) (?:poder )?(?:pagar|quitar|transferir|depositar)\b/,
  /\b(?:verific\w+|confir\w+|checar|ver|perguntar|olhar|saber) (?:\w+ ){0,2}se\b/,
];
const conditions: readonly RegExp[] = [
  /\bse (?:me|eu|nao|voce|voces|tudo|der|cair|entrar|receber|conseguir|puder|tiver|o|a)\b/,
  /\b(?:quando|assim que|ate que|caso|a menos que|desde que)\b/,
];
/** Of all that is owed, or a part of it: who writes down the whole would be wrong. */
const parts: readonly RegExp[] = [
  /\b(?:metade|uma parte|parcial\w*|parcelas?|entrada|o resto|restante|por cento|cada|mensal\w*|semanal\w*|somente|apenas)\b/,
];
/** "Pagamos na segunda" was last Monday, or will be the next one. */
const tenses: readonly RegExp[] = [
  /\b(?:pagamos|quitamos|transferimos|depositamos|acertamos) (?:\w+ ){0,4}(?:segunda|terca|quarta|quinta|sexta|sabado|domingo)\b/,
  /\b(?:segunda|terca|quarta|quinta|sexta|sabado|domingo) (?:\w+ ){0,2}(?:pagamos|quitamos|transferimos|depositamos|acertamos)\b/,
];
/** Amounts are for a person to compare. */
const amounts: readonly RegExp[] = [
  /\b\d[\d.]*(?: mil| milhoes)? (?:reais|real|euros|dolares|mil|k|por cento)\b/,
  /\b(?:pag\w+|deposit\w+|transf\w+) (?:(?:uns|os|so|lhe) )?\d{3,}\b(?![/.-])/,
];

/** Portuguese, mostly of Brazil. `quitar` is to pay off. */
export const pt: Rules = {
  says: {
    paid: [
      /\bja (?:\w+ ){0,3}(?:paguei|pagamos|pag[oa]s?|quitei|quitamos|quitad[oa]s?|transferi|transferimos|depositei|depositamos|pagou|pagaram)\b/,
      /\b(?:ontem|hoje|anteontem) (?:\w+ ){0,3}(?:paguei|quitei|transferi|depositei)\b|\b(?:ontem|anteontem) (?:\w+ ){0,3}(?:pagamos|quitamos|transferimos|depositamos)\b/,
      // "Esta semana" is no verb.
      /\b(?:foi|foram|esta|estao|ta|ficou|ficaram) (?:\w+ )?(?:pag[oa]s?|quitad[oa]s?|liquidad[oa]s?)\b(?<!\besta (?:semana|tarde|noite|quinzena|fatura|conta|divida|vez|nota) pag[oa])/,
      /\b(?:paguei|quitei|transferi|depositei) (?:\w+ ){0,4}(?:ontem|hoje|anteontem|semana passada|mes passado|(?:na |no )?(?:segunda|terca|quarta|quinta|sexta|sabado|domingo))\b/,
      /\b(?:pagamos|quitamos|transferimos|depositamos) (?:\w+ ){0,4}(?:ontem|anteontem|semana passada|mes passado)\b/,
      /\b(?:fiz|fizemos|realizei|realizamos|efetuei|efetuamos|enviei|enviamos|mandei|mandamos) (?:ja )?(?:o|a|um|uma)? ?(?:pagamento|transferencia|deposito|pix|ted|comprovante|boleto)\b/,
      /\b(?:pix|pagamento|transferencia|deposito|ted) (?:ja )?(?:foi )?(?:feit[oa]|realizad[oa]|efetuad[oa]|enviad[oa])\b/,
      /\b(?:segue|anexo|em anexo|envio|aqui esta) (?:em anexo )?(?:o |um )?comprovante\b/,
      /\b(?:tem sido) (?:pago|paga)\b|\bfoi (?:feito|realizado) o pagamento\b/,
      /\bacab(?:ei|amos|o) de (?:pagar|quitar|transferir|depositar|fazer (?:o|a|um|uma) (?:pagamento|pix|transferencia|deposito))\b/,
      /^(?:(?:pronto|ok|ola|oi|bom dia|boa tarde|boa noite|ja) )*(?:paguei|pag[oa])(?: (?:tudo|obrigad[oa]))*$/,
    ],
    promise: [
      /\b(?:pagarei|pagaremos|pagaria|pagara|quitarei|quitaremos|transferirei|transferiremos|depositarei|depositaremos)\b/,
      /\b(?:vou|vamos|vai|vao|irei|iremos) (?:pagar|quitar|transferir|depositar|(?:fazer|efetuar|realizar) (?:o|a|um|uma) (?:pagamento|pix|transferencia|deposito)|acertar|ser pag[oa]|mandar o (?:pix|pagamento))\b/,
      /(?<!\b(?:foi|foram|esta|ta|ja|o|um|de|do|ser|ficou|estao) )\b(?:pago|pagamos|quito|quitamos|transfiro|transferimos|deposito|depositamos|acerto|acertamos|(?:faco|fazemos|mando|mandamos) (?:o|a|um|uma) (?:pagamento|pix|transferencia|deposito))\b/,
      /\bja (?:\w+ )?pago (?=(?:hoje|amanha|na|no|dia))/,
      /\b(?:sera|serao|fica|ficara|estara) (?:ja )?(?:pag[oa]s?|quitad[oa]s?)\b/,
      /\b(?:pagamento|pix|transferencia) (?:esta |ficou |foi )?(?:agendad[oa]|programad[oa])\b|\b(?:agendei|agendamos|programamos) o pagamento\b/,
      /(?<!\bnao (?:te |lhe |me )?)\b(?:posso|podemos|consigo|conseguimos|pretendo|pretendemos|poderia) (?:\w+ )?(?:pagar|quitar|transferir|depositar|acertar)\b/,
      // "Até amanhã" alone is a farewell.
      /\b(?:esperar?|aguarda?r?|prazo|me da|me de|nos da|nos de)(?: \w+){0,2} ate\b/,
    ],
    cannot_pay: [
      /\bnao (?:\w+ ){0,2}(?:posso|podemos|consigo|conseguimos|tenho como|temos como|vou conseguir|vamos conseguir) (?:\w+ ){0,2}(?:pagar|quitar|cumprir|arcar)\b/,
      /\bnao (?:tenho|temos|ha)(?: (?:o|a|como|de|para|suficiente))* ?(?:dinheiro|caixa|liquidez|fundos|recursos|grana|pagar)\b|\bsem (?:dinheiro|caixa|liquidez|fundos|recursos|grana)\b/,
      /\b(?:problemas?|dificuldades?|situacao|crise) (?:\w+ ){0,2}(?:caixa|financeir[oa]s?|liquidez|fluxo|economic[oa]s?)\b/,
      /\b(?:parcelar|parcelamento|parcelas|plano de pagamento|acordo de pagamento|prorrog\w+|renegoci\w+|refinanci\w+|mais (?:prazo|tiempo|tempo)|adiar)\b/,
    ],
    dispute: [
      /\bnao (?:\w+ ){0,2}(?:reconheco|reconhecemos|concordo|concordamos|procede|corresponde|confere|esta correto|esta correta|e noss[oa]|comprei|contratei|fiz (?:essa|esta) compra|recebi|recebemos|chegou|solicitei|solicitamos|pedi|pedimos|devo|devemos)\b/,
      /\b(?:fatura|nota|boleto|cobranca|valor|montante|preco|saldo) (?:\w+ ){0,3}(?:errad[oa]|incorret[oa]|duplicad[oa]|equivocad[oa]|indevid[oa])\b/,
      /\b(?:erro|divergencia|diferenca) (?:na|no|em) (?:\w+ )?(?:fatura|nota|cobranca|valor|preco|boleto)\b/,
      /\b(?:nota de credito|devolucao|devolvemos|devolvi|contest\w+|reclamacao|mercadoria (?:danificada|avariada)|produto (?:com defeito|danificado)|incomplet[oa])\b/,
      /\bnao e (?:minha|meu|nossa|nosso)(?: (?:fatura|divida|conta|boleto|debito))?$/,
    ],
    stop: [
      stopAndLittleMore,
      /\bnao (?:me |nos )?(?:escrev(?:am|a|as)|contat(?:em|e|es)|perturb(?:em|e|es)|incomod(?:em|e|es)|procurem)\b/,
      /\bnao (?:me |nos )?(?:mand|envi)(?:em|e|es)(?: mais| ja)*(?:$| (?:mensagens|mensagem|nada|e-?mails?|lembretes?|avisos?|whatsapps?|sms|por aqui))/,
      /\bnao (?:quero|queremos|desejo) (?:mais )?receber (?:mais )?(?:mensagens|mensagem|nada|e-?mails?|lembretes?|avisos?|sms|isso)\b/,
      /\b(?:parem|pare|para) de (?:\w+ )?(?:mandar|enviar|escrever|ligar|perturbar|contatar|incomodar)\b|\bnao (?:me |nos )?lig(?:uem|ue)\b/,
      /\b(?:descadastr\w+|removam? (?:meu|o meu|me)|tirem? (?:meu numero|me da)|me (?:tira|tire|tirem|remova|remove)(?:$| (?:da|desta|dessa|de sua) lista)|sair da lista|me deixem? em paz)/,
    ],
    help: [
      /^(?:preciso de |quero )?ajuda\b/,
      /\b(?:falar|conversar) com (?:uma pessoa|um atendente|alguem|um humano)\b/,
    ],
    other_person: [
      /\b(?:numero|pessoa|contato|destinatario) (?:errad[oa]|equivocad[oa])\b|\bfoi engano\b|\bengano\b/,
      /\bnao (?:trabalho|trabalha) mais\b|\bnao (?:sou|somos) (?:o|a|essa|esse|eu|da|mais)\b|\bnao (?:o |a )?conheco\b|\bnao e (?:minha|meu) (?:empresa|numero)\b/,
    ],
  },
  unless: {
    paid: [
      /\b(?:nao|ainda nao|nunca|sem) (?:\w+ ){0,3}(?:paguei|pago|paga|pagos|pagas|pagamos|quitei|quitado|quitada|transferi)\b/,
      /\b(?:amanha|depois|mais tarde|logo) (?:\w+ ){0,3}(?:envio|mando|segue)\b/,
    ],
    promise: [
      /\b(?:nao|nunca|jamais) (?:lhe |o |a |te |vos )*(?:pago|pagarei|pagaremos|pagamos|vou pagar|vamos pagar|vai pagar)\b(?! (?:hoje|agora))/,
    ],
    dispute: [
      // Who has no document asks for it.
      /\bnao (?:\w+ ){0,3}(?:receb\w+|cheg\w+|tenho) (?:\w+ ){0,2}(?:boleto|fatura|nota|e-?mail|mensagem|pdf|xml|link|documento|comprovante|pagamento)\b/,
      /\b(?:boleto|fatura|nota|e-?mail|link|pdf|xml) (?:\w+ )?(?:nao|nunca) (?:\w+ ){0,2}(?:cheg\w+|receb\w+)\b/,
    ],
    stop: [/\bnao (?:par(?:em|e|a)|deixem?) de\b/],
  },
  open: {
    paid: [...guesses, ...parts, ...amounts, /\b(?:quase|amanha|proxim[oa]|stop)\b/],
    promise: [...guesses, ...parts, ...conditions, ...amounts, ...tenses],
    dispute: [...guesses, ...parts, ...amounts],
    stop: [
      // Another way to be reached is no wish for silence.
      /\b(?:melhor|so|somente|prefiro|em vez|menos|me (?:manda|mande|envia|envie|liga|ligue|escreva|escreve))\b(?! (?:mais|mensage))/,
      /\bnao (?:me |nos )?lig\w+\b|\bde (?:\w+ )?ligar\b|\b(?:ate|quando)\b/,
    ],
  },
  paidSum: /\b(?:paguei|quitei|transferi|depositei) (?:\w+ ){0,2}xsumx\b/,
  asks: /^(?:como|quando|quanto|quantos|qual|onde|quem|por que|o que|pode|podem|poderia|poderiam|me (?:pode|poderia))\b/,
};
