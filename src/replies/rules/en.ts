import type { Rules } from './rules.js';

/** English. Apostrophes are gone: `cant`, `weve`. */
export const en: Rules = {
  says: {
    paid: [
      /\b(?:i|we|ive|weve|i have|we have|already|was|were|has been|have been|is|are|its|it is|been)(?: already| just| been)* (?:paid|settled|transferred|wired|remitted|deposited)\b/,
      /\b(?:payment|transfer|wire|remittance|cheque|check) (?:\w+ )?(?:was|has been|is|went|have been) (?:\w+ )?(?:sent|made|done|completed|out|initiated|processed|mailed)\b/,
      /\b(?:i|we|ive|weve|i have|we have)(?: already| just)? (?:sent|made|mailed|processed) (?:the |a |you |our |my )*(?:payment|transfer|wire|money|cheque|check|remittance)\b/,
      /\b(?:attached|here is|heres|please find) (?:is |the |our |my |a )*(?:receipt|proof of payment|payment advice|remittance(?: advice)?|payment confirmation)\b/,
      /^(?:already |all )?(?:paid|settled)\b(?! (?:by|on (?:mon|tue|wed|thu|fri|sat|sun|the)))/,
    ],
    promise: [
      /\b(?:will|shall|ill|well|going to|gonna|plan to|planning to|intend to|expect to|aim to|can|could|am able to|are able to) (?:be )?(?:\w+ )?(?:pay|paying|settle|settling|transfer|wire|remit|send (?:the |you |a |our )*(?:payment|money|transfer)|make (?:the |a |this |that )*payment|clear)\b/,
      /\b(?:payment|transfer|wire|cheque|check|it) (?:will|is going to|should|shall) (?:\w+ )?(?:be|go|arrive|reach|come)\b/,
      /\b(?:payment|it|invoice)(?: is| has been|s)? (?:scheduled|planned|set up|in (?:the|our) (?:next )?(?:payment|pay) run)\b/,
      /^(?:scheduled|planned) (?:for|on|by)\b/,
      /\b(?:pay|paying|payment|paid) (?:\w+ ){0,3}(?:by|on|before|tomorrow|next|today)\b/,
      /\b(?:give|need|have|allow) (?:me|us)? ?(?:until|till|to)\b|\bcan (?:it|you) wait (?:until|till)\b/,
    ],
    cannot_pay: [
      /\b(?:cannot|cant|can not|unable to|not able to|wont be able to|couldnt|could not|struggling to) (?:\w+ ){0,2}(?:pay|settle|afford|cover|clear)\b/,
      /\b(?:dont|do not|doesnt|no|without|lack of|short (?:of|on)|out of) (?:\w+ ){0,3}(?:money|cash|funds|liquidity|cash flow)\b/,
      /\b(?:cash flow|financial|liquidity|money) (?:problem|problems|issue|issues|difficulties|difficulty|trouble|crisis|hardship)\b/,
      /\b(?:payment plan|instal?lments?|pay in parts|part payments?|more time|extension|extend the (?:due date|deadline|term)|defer|reschedule)\b/,
    ],
    dispute: [
      /\b(?:dont|do not|cannot|cant|didnt|did not|never|not) (?:\w+ )?(?:recogni[sz]e|agree|accept|owe|order|ordered|receive|received|get the goods|correct|due)\b/,
      /\b(?:invoice|amount|charge|price|quantity|bill|balance|total) (?:\w+ ){0,3}(?:wrong|incorrect|mistaken|duplicate[d]?|too high|disputed|doesnt match|does not match)\b/,
      /\b(?:wrong|incorrect|duplicate) (?:invoice|amount|charge|price|bill)\b|\b(?:mistake|error|discrepancy) (?:in|on|with) (?:the|your|this) (?:invoice|amount|bill|price|charge)\b/,
      /\b(?:dispute|disputing|disputed|credit note|returned the goods|damaged|defective|faulty|incomplete delivery|missing items?)\b/,
    ],
    stop: [
      /\b(?:stop|quit) (?:\w+ )?(?:texting|messaging|emailing|contacting|calling|sending|writing|bothering)\b/,
      /\b(?:dont|do not) (?:\w+ )?(?:text|message|email|contact|call|write|send me)\b/,
      /\b(?:unsubscribe|take me off|remove (?:me|my number|my email)|opt (?:me )?out)\b/,
    ],
    help: [
      /^(?:i |we )?(?:need |want )?help\b/,
      /\b(?:speak|talk|chat) (?:to|with) (?:a |an |some)?(?:person|human|agent|someone|somebody|representative)\b/,
    ],
    other_person: [
      /\bwrong (?:number|person|email|contact|recipient)\b/,
      /\b(?:no longer|dont|do not|not) (?:work|working|employed|with|at) (?:\w+ ){0,2}(?:there|here|company|anymore|for|with|at|them)\b|\b(?:left|has left|quit) the company\b/,
      /\b(?:im not|i am not|this isnt|this is not|not) (?:the right person|responsible|him|her|them|that person|who you)\b|\bdont know (?:who|what|this|that company)\b/,
    ],
  },
  unless: {
    paid: [
      /\b(?:not|havent|hasnt|have not|has not|never|isnt|wasnt|wont be|will be|to be|get|gets|getting|will get|be) (?:\w+ ){0,2}(?:paid|settled|transferred|sent|made)\b/,
      /\b(?:once|when|after|if|until|as soon as) (?:\w+ ){0,3}(?:paid|settled)\b/,
    ],
    promise: [/\b(?:wont|will not|not going to|never|cannot|cant|refuse to) (?:\w+ )?pay\b/],
  },
  asks: /^(?:how|when|what|which|where|who|why|can you|could you|would you|do i|do we|is it|are you|may i|may we)\b/,
};
