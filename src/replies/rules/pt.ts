import type { Rules } from './rules.js';

/** Portuguese, mostly of Brazil. `quitar` is to pay off. */
export const pt: Rules = {
  says: {
    paid: [
      /\b(?:ja|ontem|hoje|foi|esta|estao|ficou) (?:\w+ ){0,3}(?:paguei|pagamos|pago|paga|pagos|pagas|quitei|quitamos|quitado|quitada|transferi|transferimos|depositei|depositamos)\b/,
      /\b(?:paguei|pagamos|quitei|quitamos|transferi|transferimos|depositei|depositamos) (?:\w+ ){0,4}(?:ontem|hoje|anteontem|semana passada|(?:na |no )?(?:segunda|terca|quarta|quinta|sexta|sabado|domingo))\b/,
      /\b(?:fiz|fizemos|realizei|realizamos|efetuei|efetuamos|enviei|enviamos|mandei|mandamos) (?:ja )?(?:o|a|um|uma)? ?(?:pagamento|transferencia|deposito|pix|ted|comprovante|boleto)\b/,
      /\b(?:pix|pagamento|transferencia|deposito|ted) (?:ja )?(?:feit[oa]|realizad[oa]|efetuad[oa]|enviad[oa])\b/,
      /\b(?:segue|anexo|em anexo|envio|aqui esta) (?:em anexo )?(?:o |um )?comprovante\b/,
      /\b(?:foi|ja foi|tem sido) (?:pago|paga|quitado|quitada|liquidado|liquidada|feito o pagamento|realizado o pagamento)\b/,
    ],
    promise: [
      /\b(?:pagarei|pagaremos|pagaria|quitarei|quitaremos|transferirei|transferiremos|depositarei|depositaremos)\b/,
      /\b(?:vou|vamos|vai|irei|iremos) (?:pagar|quitar|transferir|depositar|fazer o (?:pagamento|pix)|efetuar o pagamento|realizar o pagamento|acertar)\b/,
      /(?<!\b(?:foi|esta|ja|o|um|de|do|ser|ficou|estao) )\b(?:pago|pagamos|quito|quitamos|transfiro|deposito|acerto|acertamos|faco o (?:pagamento|pix))\b/,
      /\b(?:pagamento|pix|transferencia) (?:esta |ficou |foi )?(?:agendad[oa]|programad[oa])\b|\b(?:agendei|agendamos|programamos) o pagamento\b/,
      /\b(?:posso|podemos|consigo|conseguimos|pretendo|pretendemos|poderia) (?:pagar|quitar|transferir|depositar|acertar)\b/,
      /\b(?:ate|esperar ate|prazo ate)\b/,
    ],
    cannot_pay: [
      /\bnao (?:\w+ ){0,2}(?:posso|podemos|consigo|conseguimos|tenho como|temos como|vou conseguir|vamos conseguir) (?:\w+ ){0,2}(?:pagar|quitar|cumprir|arcar)\b/,
      /\bnao (?:tenho|temos|ha)(?: (?:o|a|como|de|para|suficiente))* ?(?:dinheiro|caixa|liquidez|fundos|recursos|grana|pagar)\b|\bsem (?:dinheiro|caixa|liquidez|fundos|recursos|grana)\b/,
      /\b(?:problemas?|dificuldades?|situacao|crise) (?:\w+ ){0,2}(?:caixa|financeir[oa]s?|liquidez|fluxo|economic[oa]s?)\b/,
      /\b(?:parcelar|parcelamento|parcelas|plano de pagamento|acordo de pagamento|prorrog\w+|renegoci\w+|refinanci\w+|mais (?:prazo|tiempo|tempo)|adiar)\b/,
    ],
    dispute: [
      /\bnao (?:\w+ ){0,2}(?:reconheco|reconhecemos|concordo|concordamos|procede|corresponde|confere|esta correto|esta correta|e noss[oa]|recebi|recebemos|chegou|solicitei|solicitamos|pedi|pedimos|devo|devemos)\b/,
      /\b(?:fatura|nota|boleto|cobranca|valor|montante|preco|saldo) (?:\w+ ){0,3}(?:errad[oa]|incorret[oa]|duplicad[oa]|equivocad[oa]|indevid[oa])\b/,
      /\b(?:erro|divergencia|diferenca) (?:na|no|em) (?:\w+ )?(?:fatura|nota|cobranca|valor|preco|boleto)\b/,
      /\b(?:nota de credito|devolucao|devolvemos|devolvi|contest\w+|reclamacao|mercadoria (?:danificada|avariada)|produto (?:com defeito|danificado)|incomplet[oa])\b/,
    ],
    stop: [
      /\bnao (?:me |nos |quero |queremos )?(?:\w+ )?(?:mandem|mande|enviem|envie|escrevam|escreva|liguem|ligue|contatem|contate|perturbem|perturbe|receber) ?(?:mais|mensagens|nada)?\b/,
      /\b(?:parem|pare|para) de (?:\w+ )?(?:mandar|enviar|escrever|ligar|perturbar|contatar)\b/,
      /\b(?:descadastr\w+|removam? (?:meu|o meu|me)|tirem? (?:meu numero|me da))\b/,
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
      /\b(?:nao|ainda nao|nunca|sem) (?:\w+ ){0,3}(?:paguei|pago|paga|pagamos|quitei|quitado|quitada|transferi)\b/,
    ],
    promise: [
      /\b(?:nao|nunca) (?:lhe |o |a |te )*(?:pago|pagarei|pagaremos|vou pagar|vamos pagar)\b(?! (?:hoje|agora))/,
    ],
  },
  asks: /^(?:como|quando|quanto|quantos|qual|onde|quem|por que|o que|pode|podem|poderia|poderiam|me (?:pode|poderia))\b/,
};
